// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/keys/PrivateFields.h"

#include <openssl/core_names.h>
#include <openssl/obj_mac.h>

#include <array>

namespace core::keys {

namespace {

constexpr int minRsaBits = 1024; // OpenSSH's own floor
constexpr int maxRsaBits = 16384;
constexpr qsizetype seedSize = 32;

struct Curve
{
    KeyType type;
    int nid;
    QByteArrayView name;      ///< RFC 5656
    QByteArrayView algorithm; ///< "ecdsa-sha2-" + name
    int size;                 ///< of a coordinate, bytes
};

constexpr Curve curves[]{
    {KeyType::Ecdsa256, NID_X9_62_prime256v1, "nistp256", "ecdsa-sha2-nistp256", 32},
    {KeyType::Ecdsa384, NID_secp384r1, "nistp384", "ecdsa-sha2-nistp384", 48},
    {KeyType::Ecdsa521, NID_secp521r1, "nistp521", "ecdsa-sha2-nistp521", 66},
};

tl::unexpected<Error> broken()
{
    return unusable("the parts of the key do not belong together");
}

Result<PrivateKey> made(WireWriter &publicBlob, const WireWriter &fields)
{
    Result<PublicKey> publicKey = publicKeyFromBlob(publicBlob.view());
    if (!publicKey)
        return broken();
    return PrivateKey{std::move(*publicKey), fields.take()};
}

/// d times the curve's base point, uncompressed; empty when d is not between 0 and the order.
QByteArray publicPoint(const Curve &curve, const BIGNUM *scalar)
{
    const CurveGroup group(EC_GROUP_new_by_curve_name(curve.nid));
    const BignumContext context(BN_CTX_secure_new());
    if (!group || !context || BN_is_zero(scalar) ||
        BN_cmp(scalar, EC_GROUP_get0_order(group.get())) >= 0)
        return {};
    const CurvePoint point(EC_POINT_new(group.get()));
    QByteArray bytes(1 + curve.size * 2, '\0');
    if (!point ||
        EC_POINT_mul(group.get(), point.get(), scalar, nullptr, nullptr, context.get()) != 1 ||
        EC_POINT_point2oct(group.get(), point.get(), POINT_CONVERSION_UNCOMPRESSED,
                           reinterpret_cast<unsigned char *>(bytes.data()),
                           std::size_t(bytes.size()), context.get()) != std::size_t(bytes.size()))
        return {};
    return bytes;
}

/// d is e's inverse modulo prime - 1.
bool invertsModulo(const BIGNUM *d, const BIGNUM *e, const BIGNUM *prime, BN_CTX *context)
{
    const Bignum less(BN_dup(prime));
    const Bignum product(BN_new());
    return less && product && BN_sub_word(less.get(), 1) == 1 && !BN_is_zero(less.get()) &&
           BN_mod_mul(product.get(), d, e, less.get(), context) == 1 && BN_is_one(product.get());
}

const Curve *curveOf(QByteArrayView algorithm)
{
    for (const Curve &curve : curves) {
        if (curve.algorithm == algorithm)
            return &curve;
    }
    return nullptr;
}

Result<PrivateKey> takeEd25519(WireReader &reader)
{
    const QByteArrayView publicHalf = reader.string();
    const QByteArrayView both = reader.string(); // seed, then the public half again
    if (both.size() != 2 * seedSize || both.sliced(seedSize) != publicHalf)
        return broken();
    Result<PrivateKey> key = ed25519FromSeed(both.first(seedSize));
    if (key && !key->publicKey.blob.endsWith(publicHalf.toByteArray()))
        return broken();
    return key;
}

Result<PrivateKey> takeEcdsa(const Curve &curve, WireReader &reader)
{
    const QByteArrayView name = reader.string();
    const QByteArrayView point = reader.string();
    const QByteArrayView scalar = reader.mpint();
    if (!reader.ok() || name != curve.name)
        return broken();
    Result<PrivateKey> key = ecdsaFromScalar(curve.type, scalar);
    if (key && !key->publicKey.blob.endsWith(point.toByteArray()))
        return broken();
    return key;
}

Result<PrivateKey> takeRsa(WireReader &reader)
{
    RsaNumbers numbers;
    numbers.modulus = reader.mpint();
    numbers.publicExponent = reader.mpint();
    numbers.privateExponent = reader.mpint();
    (void)reader.mpint(); // q's inverse is made anew
    numbers.p = reader.mpint();
    numbers.q = reader.mpint();
    return reader.ok() ? rsaFromNumbers(numbers) : broken();
}

Bignum number(const EVP_PKEY *pkey, const char *name)
{
    BIGNUM *value = nullptr;
    EVP_PKEY_get_bn_param(pkey, name, &value);
    return Bignum(value);
}

Result<PrivateKey> rsaFromPkey(const EVP_PKEY *pkey)
{
    std::array<SecretBytes, 5> bytes;
    static constexpr std::array<const char *, 5> names{
        OSSL_PKEY_PARAM_RSA_N, OSSL_PKEY_PARAM_RSA_E, OSSL_PKEY_PARAM_RSA_D,
        OSSL_PKEY_PARAM_RSA_FACTOR1, OSSL_PKEY_PARAM_RSA_FACTOR2};
    for (std::size_t i = 0; i < names.size(); ++i) {
        const Bignum value = number(pkey, names[i]);
        if (!value)
            return broken();
        bytes[i] = fromBignum(value.get());
    }
    return rsaFromNumbers(
        {bytes[0].view(), bytes[1].view(), bytes[2].view(), bytes[3].view(), bytes[4].view()});
}

Result<PrivateKey> ecdsaFromPkey(const EVP_PKEY *pkey)
{
    std::array<char, 64> group{};
    std::size_t size = 0;
    if (EVP_PKEY_get_group_name(pkey, group.data(), group.size(), &size) != 1)
        return unusable("the curve has no name");
    const int nid = OBJ_txt2nid(group.data());
    for (const Curve &curve : curves) {
        if (curve.nid != nid)
            continue;
        const Bignum scalar = number(pkey, OSSL_PKEY_PARAM_PRIV_KEY);
        if (!scalar)
            return broken();
        const SecretBytes bytes = fromBignum(scalar.get());
        Result<PrivateKey> key = ecdsaFromScalar(curve.type, bytes.view());
        const Bignum x = number(pkey, OSSL_PKEY_PARAM_EC_PUB_X);
        if (key && x) {
            SecretBytes coordinate = secretOfSize(curve.size);
            BN_bn2binpad(x.get(), unsignedData(coordinate), curve.size);
            if (!QByteArrayView(key->publicKey.blob)
                     .chopped(curve.size)
                     .endsWith(coordinate.view()))
                return broken();
        }
        return key;
    }
    return unusable("SSH has no keys on this curve");
}

} // namespace

Result<PrivateKey> ed25519FromSeed(QByteArrayView seed)
{
    if (seed.size() != seedSize)
        return broken();
    const Pkey pkey(
        EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, unsignedData(seed), seedSize));
    QByteArray publicHalf(32, '\0');
    std::size_t size = std::size_t(publicHalf.size());
    if (!pkey || EVP_PKEY_get_raw_public_key(
                     pkey.get(), reinterpret_cast<unsigned char *>(publicHalf.data()), &size) != 1)
        return broken();
    WireWriter blob;
    blob.string("ssh-ed25519").string(publicHalf);
    WireWriter fields;
    fields.bytes(blob.view()).uint32(2 * seedSize).bytes(seed).bytes(publicHalf);
    return made(blob, fields);
}

Result<PrivateKey> ecdsaFromScalar(KeyType type, QByteArrayView scalar)
{
    for (const Curve &curve : curves) {
        if (curve.type != type)
            continue;
        const Bignum value = toBignum(scalar);
        const QByteArray point = value ? publicPoint(curve, value.get()) : QByteArray();
        if (point.isEmpty())
            return broken();
        WireWriter blob;
        blob.string(curve.algorithm).string(curve.name).string(point);
        WireWriter fields;
        fields.bytes(blob.view()).mpint(scalar);
        return made(blob, fields);
    }
    return broken();
}

Result<PrivateKey> rsaFromNumbers(const RsaNumbers &numbers)
{
    const Bignum n = toBignum(numbers.modulus);
    const Bignum e = toBignum(numbers.publicExponent);
    const Bignum d = toBignum(numbers.privateExponent);
    const Bignum p = toBignum(numbers.p);
    const Bignum q = toBignum(numbers.q);
    const BignumContext context(BN_CTX_secure_new());
    const Bignum product(BN_new());
    if (!n || !e || !d || !p || !q || !context || !product)
        return broken();
    if (BN_num_bits(n.get()) > maxRsaBits)
        return unusable("the RSA key is too large");
    if (BN_num_bits(n.get()) < minRsaBits)
        return unusable("RSA keys under 1024 bits are refused by every current server");
    // Bounded first, so that no odd file makes the numbers below slow.
    const bool bounded = BN_cmp(p.get(), n.get()) < 0 && BN_cmp(q.get(), n.get()) < 0 &&
                         BN_cmp(d.get(), n.get()) < 0 && BN_cmp(e.get(), n.get()) < 0 &&
                         BN_is_odd(p.get()) && BN_is_odd(q.get()) && BN_is_odd(e.get()) &&
                         !BN_is_one(e.get());
    if (!bounded || BN_mul(product.get(), p.get(), q.get(), context.get()) != 1 ||
        BN_cmp(product.get(), n.get()) != 0 ||
        !invertsModulo(d.get(), e.get(), p.get(), context.get()) ||
        !invertsModulo(d.get(), e.get(), q.get(), context.get()))
        return broken();
    BN_set_flags(q.get(), BN_FLG_CONSTTIME);
    const Bignum inverse(BN_mod_inverse(nullptr, q.get(), p.get(), context.get()));
    if (!inverse)
        return broken();
    WireWriter blob;
    blob.string("ssh-rsa").mpint(numbers.publicExponent).mpint(numbers.modulus);
    WireWriter fields;
    fields.string("ssh-rsa").mpint(numbers.modulus).mpint(numbers.publicExponent);
    fields.mpint(numbers.privateExponent).mpint(fromBignum(inverse.get()).view());
    fields.mpint(numbers.p).mpint(numbers.q);
    return made(blob, fields);
}

Result<PrivateKey> takePrivateFields(WireReader &reader)
{
    const QByteArrayView algorithm = reader.string();
    const KeyType type = keyTypeOf(algorithm);
    if (type == KeyType::Ed25519)
        return takeEd25519(reader);
    if (type == KeyType::Rsa)
        return takeRsa(reader);
    if (const Curve *curve = curveOf(algorithm))
        return takeEcdsa(*curve, reader);
    return fail(ErrorCode::KeyUnusable, Step::Key, refusalOf(type));
}

Result<PrivateKey> privateKeyFromPkey(const EVP_PKEY *pkey)
{
    switch (EVP_PKEY_get_base_id(pkey)) {
    case EVP_PKEY_RSA: return rsaFromPkey(pkey);
    case EVP_PKEY_EC: return ecdsaFromPkey(pkey);
    case EVP_PKEY_ED25519: {
        SecretBytes seed = secretOfSize(seedSize);
        std::size_t size = seedSize;
        if (EVP_PKEY_get_raw_private_key(pkey, unsignedData(seed), &size) != 1)
            return broken();
        return ed25519FromSeed(seed.view());
    }
    case EVP_PKEY_DSA: return fail(ErrorCode::KeyUnusable, Step::Key, refusalOf(KeyType::Dsa));
    default: return unusable("SSH has no such type of key");
    }
}

} // namespace core::keys
