# SPDX-License-Identifier: GPL-3.0-or-later
# danlu_common: the flags every target gets.  danlu_add_module(): one static library a folder.
# danlu_add_test(): one QtTest program a file, with a ctest label.

add_library(danlu_common INTERFACE)
target_include_directories(danlu_common INTERFACE ${CMAKE_SOURCE_DIR})
target_compile_definitions(danlu_common INTERFACE
    QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII QT_NO_URL_CAST_FROM_STRING QT_NO_CAST_FROM_BYTEARRAY
    QT_NO_CONTEXTLESS_CONNECT QT_NO_FOREACH QT_NO_KEYWORDS
    QT_DISABLE_DEPRECATED_BEFORE=0x060400 DANLU_VERSION="${PROJECT_VERSION}")
if(MSVC)
    target_compile_options(danlu_common INTERFACE /W4 /permissive- /utf-8 /Zc:__cplusplus)
    target_compile_definitions(danlu_common INTERFACE NOMINMAX WIN32_LEAN_AND_MEAN)
else()
    target_compile_options(danlu_common INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor
        -Woverloaded-virtual -fno-omit-frame-pointer)
    if(DANLU_WERROR)
        target_compile_options(danlu_common INTERFACE -Werror)
    endif()
endif()
if(DANLU_FUZZ) # which input takes which way is what the fuzzers are guided by
    target_compile_options(danlu_common INTERFACE -fsanitize=fuzzer-no-link)
    target_link_options(danlu_common INTERFACE -fsanitize=fuzzer-no-link)
endif()
if(DANLU_SANITIZE)
    target_compile_options(danlu_common INTERFACE -fsanitize=${DANLU_SANITIZE} -fno-sanitize-recover=undefined)
    target_link_options(danlu_common INTERFACE -fsanitize=${DANLU_SANITIZE})
endif()
if(CMAKE_SYSTEM_NAME STREQUAL "Linux")
    find_program(DANLU_MOLD mold)
    if(DANLU_MOLD)
        target_link_options(danlu_common INTERFACE -fuse-ld=mold)
    endif()
endif()
find_program(DANLU_CCACHE ccache)
if(DANLU_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
    # Sloppiness: a precompiled header is the same when its text is.
    set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env
        CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime ${DANLU_CCACHE})
    if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
        target_compile_options(danlu_common INTERFACE -fpch-preprocess)
    endif()
endif()

# One precompiled header for all of core, one for all of ui, and one each for their tests: reused, not
# made per target.
function(_danlu_pch target kind)
    if(NOT DANLU_PCH)
        return()
    endif()
    if(NOT TARGET danlu_pch_${kind})
        file(WRITE ${CMAKE_BINARY_DIR}/pch_${kind}.cpp "")
        add_library(danlu_pch_${kind} OBJECT ${CMAKE_BINARY_DIR}/pch_${kind}.cpp)
        set_target_properties(danlu_pch_${kind} PROPERTIES AUTOMOC OFF AUTOUIC OFF AUTORCC OFF)
        target_link_libraries(danlu_pch_${kind} PRIVATE danlu_common tl::expected)
        set(headers <algorithm> <chrono> <functional> <memory> <optional> <vector>)
        if(kind MATCHES "tests")
            danlu_compile_as_test(danlu_pch_${kind})
            # What they use most: each test pays for all that is in it.
            list(APPEND headers <QByteArray> <QDateTime> <QDir> <QElapsedTimer> <QFile> <QHash> <QJsonArray>
                <QJsonDocument> <QJsonObject> <QPointer> <QProcess> <QRegularExpression> <QSet> <QSignalSpy>
                <QTcpServer> <QTcpSocket> <QTemporaryDir> <QTest> <QTimer> <QUrl>)
        else()
            list(APPEND headers <QtCore/QtCore>)
        endif()
        if(kind STREQUAL "ui")
            list(APPEND headers <QtGui/QtGui> <QtWidgets/QtWidgets>)
        elseif(kind STREQUAL "ui_tests")
            list(APPEND headers <QAbstractTableModel> <QAction> <QApplication> <QBoxLayout> <QCheckBox> <QClipboard>
                <QComboBox> <QDialogButtonBox> <QFileDialog> <QFormLayout> <QHeaderView> <QKeyEvent> <QLabel>
                <QLineEdit> <QListView> <QMenu> <QMessageBox> <QMimeData> <QPainter>
                <QPlainTextEdit> <QPushButton> <QScrollArea> <QSortFilterProxyModel> <QSpinBox> <QSplitter>
                <QStackedWidget> <QStyledItemDelegate> <QTabBar> <QTableView> <QToolButton> <QTreeView>)
        endif()
        if(kind MATCHES "ui")
            target_link_libraries(danlu_pch_${kind} PRIVATE Qt6::Widgets)
        else()
            target_link_libraries(danlu_pch_${kind} PRIVATE Qt6::Core)
        endif()
        target_precompile_headers(danlu_pch_${kind} PRIVATE ${headers})
    endif()
    # A reused header must see the same definitions; targets that link more Qt modules than the
    # header did get the extra definitions on the command line, which GCC and clang accept.
    target_precompile_headers(${target} REUSE_FROM danlu_pch_${kind})
endfunction()

# The precompiled header of KIND, and all sources of it at once where that is asked for: names of
# unnamed namespaces are a module's, not a source's.
function(danlu_compile_quickly target kind)
    _danlu_pch(${target} ${kind})
    if(DANLU_UNITY)
        set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 0)
    endif()
endfunction()

# Only what a test tests need be quick, and watched for undefined behaviour.
function(danlu_compile_as_test target)
    # All reuse one precompiled header, so all have the modules QTest looks for, and none its folder's name.
    target_link_libraries(${target} PRIVATE Qt6::Network Qt6::Test)
    target_compile_options(${target} PRIVATE -UQT_TESTCASE_BUILDDIR -UQT_TESTCASE_SOURCEDIR)
    if(NOT MSVC)
        target_compile_options(${target} PRIVATE -O0)
    endif()
    if(DANLU_SANITIZE MATCHES "undefined")
        target_compile_options(${target} PRIVATE -fno-sanitize=undefined)
    endif()
endfunction()

# danlu_add_module(NAME core_probe KIND core|ui SOURCES ... LINK ...)
# LINK names are what the dependency rule allows (docs/architecture.md); tests/checks verifies it.
function(danlu_add_module)
    cmake_parse_arguments(A "" "NAME;KIND" "SOURCES;LINK" ${ARGN})
    add_library(${A_NAME} STATIC ${A_SOURCES})
    add_library(danlu::${A_NAME} ALIAS ${A_NAME})
    target_link_libraries(${A_NAME} PUBLIC danlu_common ${A_LINK})
    set_target_properties(${A_NAME} PROPERTIES AUTOMOC ON AUTOGEN_ORIGIN_DEPENDS OFF)
    danlu_compile_quickly(${A_NAME} ${A_KIND})
    if(NOT TARGET tidy_prerequisites) # moc's and other generated files, without compiling anything
        add_custom_target(tidy_prerequisites)
    endif()
    add_dependencies(tidy_prerequisites ${A_NAME}_autogen)
    set_property(GLOBAL APPEND_STRING PROPERTY DANLU_LINKS "${A_NAME}: ${A_LINK}\n")
endfunction()

# danlu_add_test(NAME tst_Thing LABEL unit|ssh|transfer|jobs|bulk|ui|cli KIND core|ui SOURCES ... LINK ... TIMEOUT 60)
function(danlu_add_test)
    cmake_parse_arguments(A "" "NAME;LABEL;KIND;TIMEOUT" "SOURCES;LINK;ENV" ${ARGN})
    if(NOT A_KIND)
        set(A_KIND core)
    endif()
    if(NOT A_TIMEOUT)
        set(A_TIMEOUT 120)
    endif()
    if(NOT A_SOURCES)
        set(A_SOURCES ${A_NAME}.cpp)
    endif()
    add_executable(${A_NAME} ${A_SOURCES})
    target_link_libraries(${A_NAME} PRIVATE danlu_common ${A_LINK})
    target_compile_definitions(${A_NAME} PRIVATE DANLU_SOURCE_DIR="${CMAKE_SOURCE_DIR}"
        DANLU_BIN_DIR="${CMAKE_BINARY_DIR}/bin")
    # One source that includes its own moc file: what AUTOMOC would look for is known here.
    qt_generate_moc(${A_NAME}.cpp ${CMAKE_CURRENT_BINARY_DIR}/${A_NAME}.moc TARGET ${A_NAME})
    target_sources(${A_NAME} PRIVATE ${CMAKE_CURRENT_BINARY_DIR}/${A_NAME}.moc)
    target_include_directories(${A_NAME} PRIVATE ${CMAKE_CURRENT_BINARY_DIR})
    set_target_properties(${A_NAME} PROPERTIES AUTOMOC OFF
        RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
    danlu_compile_as_test(${A_NAME})
    _danlu_pch(${A_NAME} ${A_KIND}_tests)
    add_test(NAME ${A_NAME} COMMAND ${A_NAME})
    # COST: the long ones begin first, also where no run has been measured yet.
    set_tests_properties(${A_NAME} PROPERTIES LABELS "${A_LABEL}" TIMEOUT ${A_TIMEOUT} COST ${A_TIMEOUT})
    if(A_LABEL STREQUAL "ui" AND NOT "${A_ENV}" MATCHES "offscreen") # on one display only one window is the active one
        set_tests_properties(${A_NAME} PROPERTIES RESOURCE_LOCK display)
    endif()
    if(A_LABEL MATCHES "unit|ssh") # what CI runs again under the sanitizers
        if(NOT TARGET sanitized_tests)
            add_custom_target(sanitized_tests)
        endif()
        add_dependencies(sanitized_tests ${A_NAME})
    endif()
    if(A_ENV)
        set_tests_properties(${A_NAME} PROPERTIES ENVIRONMENT "${A_ENV}")
    endif()
endfunction()

# A shell script as "extern const char *const VARIABLE" of NAMESPACE, in VARIABLE.cpp of the build
# folder. One literal a line, because MSVC bounds the length of each. Comments and indents stay at
# home: fewer bytes over the line at every use. "@conda_places@" in it becomes the text of that file:
# one list for all, and each script is whole by itself.
function(danlu_embed_script SCRIPT NAMESPACE VARIABLE)
    set(places ${CMAKE_SOURCE_DIR}/core/jobs/conda_places.txt)
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${SCRIPT} ${places})
    file(READ ${SCRIPT} text)
    file(READ ${places} conda_places)
    string(STRIP "${conda_places}" conda_places)
    string(REPLACE "@conda_places@" "${conda_places}" text "${text}")
    string(REGEX REPLACE "(^|\n)[ \t]*#[^\n]*" "\\1" text "${text}")
    string(REGEX REPLACE "\n[ \t]+" "\n" text "${text}")
    string(REGEX REPLACE "\n\n+" "\n" text "${text}")
    string(REPLACE "\\" "\\\\" text "${text}")
    string(REPLACE "\"" "\\\"" text "${text}")
    string(REPLACE "\n" "\\n\"\n    \"" TEXT "${text}")
    configure_file(${CMAKE_SOURCE_DIR}/cmake/ShellScript.cpp.in
        ${CMAKE_CURRENT_BINARY_DIR}/${VARIABLE}.cpp @ONLY)
endfunction()

# The link line of every module, for the dependency check.
function(danlu_write_module_links)
    get_property(links GLOBAL PROPERTY DANLU_LINKS)
    file(WRITE ${CMAKE_BINARY_DIR}/module-links.txt "${links}")
endfunction()
