# SPDX-License-Identifier: GPL-3.0-or-later
vcpkg_download_distfile(ARCHIVE
    URLS "https://www.leonerd.org.uk/code/libvterm/libvterm-0.3.3.tar.gz"
    FILENAME "libvterm-0.3.3.tar.gz"
    SHA512 0117f71988d2c3c1b5e46d0778ce491a8ab9033f3afc9a9905b6d52d0e2adb59ee101667826281470e4c9de5178cbe966f4ecb2c7673e9644c7ca3508491bb49)
vcpkg_extract_source_archive(SOURCE_PATH ARCHIVE "${ARCHIVE}")
# Its own build is a Makefile for libtool.
file(COPY "${CMAKE_CURRENT_LIST_DIR}/CMakeLists.txt" DESTINATION "${SOURCE_PATH}")
vcpkg_check_linkage(ONLY_STATIC_LIBRARY)
vcpkg_cmake_configure(SOURCE_PATH "${SOURCE_PATH}")
vcpkg_cmake_install()
file(REMOVE_RECURSE "${CURRENT_PACKAGES_DIR}/debug/include")
vcpkg_install_copyright(FILE_LIST "${SOURCE_PATH}/LICENSE")
