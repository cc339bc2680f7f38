# SPDX-License-Identifier: MIT
# Runs a port as vcpkg would, as far as that can be done without vcpkg: its helper functions do here
# what they do there, for one build that exists already.
#     cmake -D PORT_DIR=… -D PACKAGES_DIR=… -D BUILD_DIR=… -D FEATURES=sqlite;postgresql -P this file

cmake_policy(VERSION 3.22)
get_filename_component(PORT "${PORT_DIR}" NAME)
set(CURRENT_PORT_DIR "${PORT_DIR}")
set(CURRENT_PACKAGES_DIR "${PACKAGES_DIR}")
set(configured OFF)
set(installed OFF)

function(run)
    execute_process(COMMAND ${ARGV} COMMAND_ERROR_IS_FATAL ANY)
endfunction()

function(vcpkg_check_features)
    cmake_parse_arguments(PARSE_ARGV 0 arg "" OUT_FEATURE_OPTIONS FEATURES)
    set(options)
    while(arg_FEATURES)
        list(POP_FRONT arg_FEATURES feature option)
        if(feature IN_LIST FEATURES)
            list(APPEND options -D${option}=ON)
        else()
            list(APPEND options -D${option}=OFF)
        endif()
    endwhile()
    set(${arg_OUT_FEATURE_OPTIONS} ${options} PARENT_SCOPE)
endfunction()

function(vcpkg_cmake_configure)
    cmake_parse_arguments(PARSE_ARGV 0 arg "" SOURCE_PATH OPTIONS)
    run("${CMAKE_COMMAND}" -S "${arg_SOURCE_PATH}" -B "${BUILD_DIR}" -DBUILD_SHARED_LIBS=ON
        "-DCMAKE_INSTALL_PREFIX=${PACKAGES_DIR}" -DCMAKE_INSTALL_LIBDIR=lib ${arg_OPTIONS})
    set(configured ON PARENT_SCOPE)
endfunction()

function(vcpkg_cmake_install)
    if(NOT configured)
        message(FATAL_ERROR "the port installs before it configures")
    endif()
    run("${CMAKE_COMMAND}" --build "${BUILD_DIR}")
    run("${CMAKE_COMMAND}" --install "${BUILD_DIR}")
    set(installed ON PARENT_SCOPE)
endfunction()

function(require_path path)
    if(NOT installed OR NOT EXISTS "${path}")
        message(FATAL_ERROR "the port did not install ${path}")
    endif()
endfunction()

function(vcpkg_cmake_config_fixup)
    cmake_parse_arguments(PARSE_ARGV 0 arg "" "CONFIG_PATH;PACKAGE_NAME" "")
    require_path("${PACKAGES_DIR}/${arg_CONFIG_PATH}/${PORT}Config.cmake")
endfunction()

function(vcpkg_fixup_pkgconfig)
    require_path("${PACKAGES_DIR}/lib/pkgconfig/${PORT}.pc")
endfunction()

function(vcpkg_install_copyright)
    cmake_parse_arguments(PARSE_ARGV 0 arg "" "" FILE_LIST)
    foreach(file IN LISTS arg_FILE_LIST)
        require_path("${file}")
    endforeach()
endfunction()

include("${PORT_DIR}/portfile.cmake")
require_path("${PACKAGES_DIR}/share/${PORT}/usage")
