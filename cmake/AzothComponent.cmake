# SPDX-License-Identifier: MIT
# azoth_add_component(<name> FOLDERS <folder>...
#                     [LINK_PUBLIC <target>...] [LINK_PRIVATE <target>...])
#
# One library of the project, made of all sources below azoth/<folder>..., known to the build and to
# find_package() as azoth::<name>. New sources are picked up without touching any CMake file.

define_property(GLOBAL PROPERTY AZOTH_COMPONENTS
    BRIEF_DOCS "Names of the components that this build makes, in the order of their layers")

function(azoth_add_component name)
    cmake_parse_arguments(arg "" "" "FOLDERS;LINK_PUBLIC;LINK_PRIVATE" ${ARGN})
    set(sources)
    foreach(folder IN LISTS arg_FOLDERS)
        file(GLOB_RECURSE found CONFIGURE_DEPENDS
            "${PROJECT_SOURCE_DIR}/azoth/${folder}/*.cpp" "${PROJECT_SOURCE_DIR}/azoth/${folder}/*.hpp")
        list(APPEND sources ${found})
    endforeach()
    if(NOT sources MATCHES "\\.cpp")
        message(STATUS "azoth::${name}: no sources below azoth/, left out")
        return()
    endif()

    # The library's name: azoth, azoth-sqlite, …; its target: azoth, azoth_sqlite, …
    if(name STREQUAL "azoth")
        set(target azoth)
        set(output azoth)
    else()
        set(target azoth_${name})
        set(output azoth-${name})
    endif()
    add_library(${target} ${sources})
    add_library(azoth::${name} ALIAS ${target})
    set_property(GLOBAL APPEND PROPERTY AZOTH_COMPONENTS ${name})

    target_compile_features(${target} PUBLIC cxx_std_20)
    target_include_directories(${target} PUBLIC
        "$<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}>"
        "$<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>")
    target_include_directories(${target} SYSTEM PRIVATE "${AZOTH_BOOST_INCLUDE_DIR}")
    target_link_libraries(${target}
        PUBLIC ${arg_LINK_PUBLIC}
        PRIVATE ${arg_LINK_PRIVATE} "$<BUILD_INTERFACE:azoth_build_flags>")
    azoth_precompile(${target} HEADERS <algorithm> <atomic> <chrono> <cstdint> <functional> <map> <memory>
        <mutex> <optional> <span> <string> <string_view> <unordered_map> <utility> <variant> <vector>)
    if(BUILD_SHARED_LIBS AND NOT AZOTH_SANITIZE AND NOT APPLE)
        # A symbol that lacks AZOTH_EXPORT is found here and not by the first program that needs it.
        target_link_options(${target} PRIVATE LINKER:--no-undefined)
    endif()
    set_target_properties(${target} PROPERTIES
        EXPORT_NAME ${name}
        OUTPUT_NAME ${output}
        DEFINE_SYMBOL ""
        VERSION ${PROJECT_VERSION}
        SOVERSION ${PROJECT_VERSION_MAJOR}.${PROJECT_VERSION_MINOR})
endfunction()
