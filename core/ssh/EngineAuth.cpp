// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ssh/EngineAuthProgress.h"

#include "core/keys/KeyFile.h"
#include "core/ssh/SshErrors.h"

#include <cstdlib>
#include <cstring>

namespace core::ssh {

using namespace std::chrono_literals;

namespace {

/// As long as sshd's own LoginGraceTime: after it the server closes anyway.
constexpr auto promptPatience = 120s;

/// The key as libssh2 reads it, whatever file it is in. Takes as long as its passphrase does, on
/// the session's thread.
Result<SecretBytes> readKey(const KeyAuth &auth)
{
    const Result<keys::KeyFile> file = keys::readKeyFile(auth.path);
    if (!file)
        return tl::make_unexpected(file.error());
    Result<SecretBytes> key = keys::toSignInForm(*file, auth.passphrase);
    if (!key && key.error().detail.isEmpty())
        key.error().detail = auth.path;
    else if (!key)
        key.error().detail.prepend(auth.path + QStringLiteral(": "));
    return key;
}

} // namespace

void SessionEngine::signIn()
{
    setState(Session::State::SigningIn);
    m_auth = std::make_unique<AuthProgress>();
    m_auth->user = m_options.user.toUtf8();
    startDeadline(m_options.authTimeout);
    m_tick.start();
    m_sinceTick.start();
    m_silence = 0ms;
    // A key is tried at once, a round trip earlier: a refusal costs it nothing. A password may not
    // be what is asked for.
    if (!m_options.auth.empty() && std::holds_alternative<KeyAuth>(m_options.auth.front()))
        tryKey(std::get<KeyAuth>(m_options.auth[m_auth->next++]));
    else
        askMethods([this] { nextAuth(); });
}

/// With the method "none"; the server's refusal lists what it takes.
void SessionEngine::askMethods(std::function<void()> then)
{
    m_control.push_back({[this] {
                             const char *list = libssh2_userauth_list(
                                 m_session, m_auth->user.constData(), uint(m_auth->user.size()));
                             if (list) {
                                 m_auth->allowed = QByteArray(list).split(',');
                                 return 0;
                             }
                             if (libssh2_userauth_authenticated(m_session))
                                 return 1; // "none" was enough
                             return libssh2_session_last_errno(m_session);
                         },
                         [this, then = std::move(then)](int rc) {
                             if (rc == 1)
                                 signedIn();
                             else if (rc == 0)
                                 then();
                             else
                                 authFailed(sessionError(m_session, rc, Step::Auth));
                         }});
    schedulePump();
}

bool SessionEngine::serverAllows(const char *method) const
{
    return m_auth->allowed->contains(method);
}

void SessionEngine::nextAuth()
{
    if (!m_auth->allowed) {
        askMethods([this] {
            if (!serverAllows(
                    "publickey")) // so it was no refusal, or the key was right but is not enough
                m_auth->firstError.reset();
            nextAuth();
        });
        return;
    }
    if (m_auth->next >= m_options.auth.size()) {
        Error error{ErrorCode::AuthRejected, Step::Auth,
                    QStringLiteral("the server takes: ") +
                        QString::fromUtf8(m_auth->allowed->join(", "))};
        if (m_auth->firstError)
            error = *m_auth->firstError;
        fail(error);
        return;
    }
    const AuthMethod &method = m_options.auth[m_auth->next++];
    if (const auto *password = std::get_if<PasswordAuth>(&method)) {
        if (serverAllows("password"))
            tryPassword(*password);
        else if (serverAllows("keyboard-interactive"))
            tryInteractive(&password->password);
        else
            nextAuth();
    } else if (const auto *key = std::get_if<KeyAuth>(&method)) {
        if (serverAllows("publickey"))
            tryKey(*key);
        else
            nextAuth();
    } else if (const auto *agent = std::get_if<AgentAuth>(&method)) {
        if (serverAllows("publickey"))
            tryAgent(*agent);
        else
            nextAuth();
    } else if (m_auth->firstError && !m_auth->methodsAskedAgain) {
        // libssh2 tells a step that was right but not enough (RFC 4252, 5.1) from a refusal only by
        // the methods that are left.
        m_auth->methodsAskedAgain = true;
        askMethods([this, before = m_auth->allowed] {
            if (m_auth->allowed != before) {
                m_auth->firstError.reset();
                m_auth->passwordRejected = false;
            }
            tryInteractiveOrNext();
        });
    } else {
        tryInteractiveOrNext();
    }
}

void SessionEngine::tryInteractiveOrNext()
{
    // After a refused password it would be the same question once more.
    if (serverAllows("keyboard-interactive") && !m_auth->interactiveUsed &&
        !m_auth->passwordRejected)
        tryInteractive(nullptr);
    else
        nextAuth();
}

void SessionEngine::authFailed(const Error &error)
{
    // libssh2 words a lost connection here as "waiting for the response". A server that hangs up
    // after too many tries has refused before: that tells more.
    if (error.code == ErrorCode::Disconnected || m_transport->isEnded()) {
        fail(m_auth->firstError.value_or(Error{ErrorCode::Disconnected, Step::Auth, error.detail}));
        return;
    }
    // A key that needs its passphrase tells more than the "rejected" of the methods after it.
    if (!m_auth->firstError || (m_auth->firstError->code == ErrorCode::AuthRejected &&
                                error.code != ErrorCode::AuthRejected))
        m_auth->firstError = error;
    nextAuth();
}

void SessionEngine::authEnded(int rc)
{
    if (rc == 0 && libssh2_userauth_authenticated(m_session)) {
        signedIn();
        return;
    }
    if (rc == 0) { // partial success: the server wants another method as well
        nextAuth();
        return;
    }
    authFailed(sessionError(m_session, rc, Step::Auth));
}

void SessionEngine::tryPassword(const PasswordAuth &auth)
{
    m_auth->password = auth.password;
    m_auth->mayTakeLong = true;
    m_control.push_back({[this] {
                             return libssh2_userauth_password_ex(
                                 m_session, m_auth->user.constData(), uint(m_auth->user.size()),
                                 m_auth->password.data(), uint(m_auth->password.size()), nullptr);
                         },
                         [this](int rc) {
                             m_auth->password.clear();
                             m_auth->passwordRejected = rc == LIBSSH2_ERROR_AUTHENTICATION_FAILED;
                             authEnded(rc);
                         }});
    schedulePump();
}

void SessionEngine::tryInteractive(const SecretBytes *password)
{
    m_auth->mayTakeLong = true;
    if (password) {
        m_auth->password = *password;
        m_auth->interactivePassword = &m_auth->password;
    } else {
        m_auth->interactivePassword = nullptr;
        m_auth->interactiveUsed = true;
    }
    m_control.push_back({[this] {
                             return libssh2_userauth_keyboard_interactive_ex(
                                 m_session, m_auth->user.constData(), uint(m_auth->user.size()),
                                 &SessionEngine::onKeyboardInteractive);
                         },
                         [this](int rc) {
                             m_auth->password.clear();
                             m_auth->interactivePassword = nullptr;
                             m_auth->passwordRejected = rc == LIBSSH2_ERROR_AUTHENTICATION_FAILED;
                             if (!m_ended)
                                 authEnded(rc);
                         }});
    schedulePump();
}

void SessionEngine::onKeyboardInteractive(const char *name, int nameLength, const char *instruction,
                                          int instructionLength, int count,
                                          const LIBSSH2_USERAUTH_KBDINT_PROMPT *prompts,
                                          LIBSSH2_USERAUTH_KBDINT_RESPONSE *responses,
                                          void **abstract)
{
    auto *engine = static_cast<SessionEngine *>(*abstract);
    Prompt prompt;
    prompt.name = QString::fromUtf8(name, nameLength);
    prompt.instruction = QString::fromUtf8(instruction, instructionLength);
    for (int i = 0; i < count; ++i) {
        const auto *text = reinterpret_cast<const char *>(prompts[i].text);
        prompt.questions.push_back(
            {QString::fromUtf8(text, qsizetype(prompts[i].length)), prompts[i].echo != 0});
    }
    engine->answerQuestions(prompt, responses);
}

void SessionEngine::answerQuestions(const Prompt &prompt,
                                    LIBSSH2_USERAUTH_KBDINT_RESPONSE *responses)
{
    if (prompt.questions.empty())
        return; // PAM's last round has none
    std::vector<SecretBytes> answers;
    const bool oneHidden = prompt.questions.size() == 1 && !prompt.questions.front().echo;
    if (m_auth->interactivePassword && oneHidden) {
        answers.push_back(*m_auth->interactivePassword);
        m_auth->interactivePassword = nullptr; // asked again = it was wrong
    } else {
        m_deadline.stop(); // a person's time does not count
        Q_EMIT promptAsked(prompt);
        if (auto given = m_prompts->wait(promptPatience))
            answers = std::move(*given);
        startDeadline(m_options.authTimeout);
    }
    for (std::size_t i = 0; i < std::min(answers.size(), prompt.questions.size()); ++i) {
        const auto size = std::size_t(answers[i].size());
        // libssh2 frees it with free().
        auto *text = static_cast<char *>(std::malloc(size + 1));
        if (!text)
            return;
        std::memcpy(text, answers[i].data(), size);
        text[size] = '\0';
        responses[i].text = text;
        responses[i].length = uint(size);
    }
}

void SessionEngine::tryKey(const KeyAuth &auth)
{
    Result<SecretBytes> key = readKey(auth);
    if (!key) {
        key.error().step = Step::Auth;
        authFailed(key.error());
        return;
    }
    m_auth->key = std::move(*key);
    const QString path = auth.path;
    m_control.push_back({[this] {
                             return libssh2_userauth_publickey_frommemory(
                                 m_session, m_auth->user.constData(), size_t(m_auth->user.size()),
                                 nullptr, 0, m_auth->key.data(), size_t(m_auth->key.size()),
                                 nullptr);
                         },
                         [this, path](int rc) {
                             m_auth->key.clear();
                             if (rc == 0) {
                                 authEnded(rc);
                                 return;
                             }
                             Error error = sessionError(m_session, rc, Step::Auth);
                             if (error.code == ErrorCode::KeyUnusable)
                                 error.detail = path + QStringLiteral(": ") + error.detail;
                             authFailed(error);
                         }});
    schedulePump();
}

void SessionEngine::tryAgent(const AgentAuth &auth)
{
    m_auth->agent.reset(libssh2_agent_init(m_session));
    m_auth->agentKey = nullptr;
    const QByteArray socket = auth.socket.toUtf8();
    if (!socket.isEmpty())
        libssh2_agent_set_identity_path(m_auth->agent.get(), socket.constData());
    // A local socket: answers at once or not at all. On this session's thread, never the window's.
    if (!m_auth->agent || libssh2_agent_connect(m_auth->agent.get()) != 0 ||
        libssh2_agent_list_identities(m_auth->agent.get()) != 0) {
        m_auth->agent.reset();
        nextAuth(); // no agent is no failure
        return;
    }
    nextAgentKey();
}

void SessionEngine::nextAgentKey()
{
    libssh2_agent_publickey *next = nullptr;
    if (libssh2_agent_get_identity(m_auth->agent.get(), &next, m_auth->agentKey) != 0) {
        m_auth->agent.reset();
        nextAuth();
        return;
    }
    m_auth->agentKey = next;
    m_control.push_back({[this] {
                             return libssh2_agent_userauth(
                                 m_auth->agent.get(), m_auth->user.constData(), m_auth->agentKey);
                         },
                         [this](int rc) {
                             if (rc == 0) {
                                 authEnded(rc);
                                 return;
                             }
                             const Error error = sessionError(m_session, rc, Step::Auth);
                             if (error.code == ErrorCode::Disconnected) {
                                 fail(error);
                                 return;
                             }
                             if (!m_auth->firstError)
                                 m_auth->firstError = error;
                             nextAgentKey();
                         }});
    schedulePump();
}

void SessionEngine::signedIn()
{
    m_deadline.stop();
    m_auth.reset();
    // The secrets have done their work.
    m_options.auth.clear();
    setState(Session::State::Ready);
    Q_EMIT ready(negotiatedMethods());
    schedulePump();
}

} // namespace core::ssh
