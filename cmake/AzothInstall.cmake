# SPDX-License-Identifier: MIT
# What `cmake --install` puts where: headers, libraries, the package for find_package() and one
# pkg-config file a component. Install components, which packages are made of: `development`, and
# `runtime-<component>` for each shared library.

include(CMakePackageConfigHelpers)

set(azoth_cmake_dir "${CMAKE_INSTALL_LIBDIR}/cmake/azoth")
get_property(azoth_components GLOBAL PROPERTY AZOTH_COMPONENTS)

# The directories in pkg-config files are relative to the file, so that an installed tree may be moved and
# `cmake --install --prefix` is true; absolute ones stay what they are.
file(RELATIVE_PATH azoth_up_from_pkg_config
    "/prefix/${CMAKE_INSTALL_LIBDIR}/pkgconfig" "/prefix")
if(IS_ABSOLUTE "${CMAKE_INSTALL_LIBDIR}")
    set(PC_PREFIX "${CMAKE_INSTALL_PREFIX}")
    set(PC_LIBDIR "${CMAKE_INSTALL_LIBDIR}")
else()
    string(REGEX REPLACE "/$" "" azoth_up_from_pkg_config "${azoth_up_from_pkg_config}")
    set(PC_PREFIX "\${pcfiledir}/${azoth_up_from_pkg_config}")
    set(PC_LIBDIR "\${prefix}/${CMAKE_INSTALL_LIBDIR}")
endif()
if(IS_ABSOLUTE "${CMAKE_INSTALL_INCLUDEDIR}")
    set(PC_INCLUDEDIR "${CMAKE_INSTALL_INCLUDEDIR}")
else()
    set(PC_INCLUDEDIR "\${prefix}/${CMAKE_INSTALL_INCLUDEDIR}")
endif()

# The pkg-config file of one component. A static library cannot name what it needs, so there its
# dependencies are always listed; a shared one brings them itself.
function(azoth_install_pkg_config component target)
    if(component STREQUAL "azoth")
        set(PC_NAME "Azoth")
        set(PC_REQUIRES "")
        set(PC_LIBS_EXTRA "-pthread")
        set(PC_DESCRIPTION "${PROJECT_DESCRIPTION}")
    else()
        set(PC_NAME "Azoth ${component}")
        set(PC_REQUIRES "azoth = ${PROJECT_VERSION}")
        set(PC_LIBS_EXTRA "")
        set(PC_DESCRIPTION "${PROJECT_DESCRIPTION}: the ${component} dialect")
        set(driver_sqlite sqlite3)
        set(driver_postgresql libpq)
        set(driver_mariadb libmariadb)
        if(NOT BUILD_SHARED_LIBS AND DEFINED driver_${component})
            string(APPEND PC_REQUIRES ", ${driver_${component}}")
        endif()
    endif()
    get_target_property(PC_LIBRARY ${target} OUTPUT_NAME)
    configure_file("${PROJECT_SOURCE_DIR}/cmake/azoth.pc.in"
        "${PROJECT_BINARY_DIR}/pkgconfig/${PC_LIBRARY}.pc" @ONLY)
    install(FILES "${PROJECT_BINARY_DIR}/pkgconfig/${PC_LIBRARY}.pc"
        DESTINATION "${CMAKE_INSTALL_LIBDIR}/pkgconfig" COMPONENT development)
endfunction()

foreach(component IN LISTS azoth_components)
    get_target_property(target azoth::${component} ALIASED_TARGET)

    install(TARGETS ${target} EXPORT azoth-${component}
        LIBRARY DESTINATION "${CMAKE_INSTALL_LIBDIR}"
            COMPONENT runtime-${component} NAMELINK_COMPONENT development
        ARCHIVE DESTINATION "${CMAKE_INSTALL_LIBDIR}" COMPONENT development
        RUNTIME DESTINATION "${CMAKE_INSTALL_BINDIR}" COMPONENT runtime-${component})
    install(EXPORT azoth-${component}
        NAMESPACE azoth::
        FILE azoth-${component}-targets.cmake
        DESTINATION "${azoth_cmake_dir}" COMPONENT development)
    azoth_install_pkg_config(${component} ${target})
endforeach()

set(azoth_left_out)
foreach(dialect sqlite postgresql mariadb)
    if(NOT dialect IN_LIST azoth_components)
        list(APPEND azoth_left_out ${dialect}.hpp)
    endif()
endforeach()
install(CODE "
    set(azoth_source \"${PROJECT_SOURCE_DIR}\")
    set(azoth_left_out ${azoth_left_out})
    set(azoth_destination \"\${CMAKE_INSTALL_PREFIX}/${CMAKE_INSTALL_INCLUDEDIR}\")
    include(\"${PROJECT_SOURCE_DIR}/cmake/install_headers.cmake\")"
    COMPONENT development)

if(BUILD_SHARED_LIBS)
    set(AZOTH_BUILT_STATIC OFF)
else()
    set(AZOTH_BUILT_STATIC ON)
endif()
configure_package_config_file("${PROJECT_SOURCE_DIR}/cmake/azothConfig.cmake.in"
    "${PROJECT_BINARY_DIR}/azothConfig.cmake"
    INSTALL_DESTINATION "${azoth_cmake_dir}")
write_basic_package_version_file("${PROJECT_BINARY_DIR}/azothConfigVersion.cmake"
    COMPATIBILITY SameMinorVersion)
install(FILES
    "${PROJECT_BINARY_DIR}/azothConfig.cmake"
    "${PROJECT_BINARY_DIR}/azothConfigVersion.cmake"
    DESTINATION "${azoth_cmake_dir}" COMPONENT development)
install(FILES "${PROJECT_SOURCE_DIR}/LICENSE"
    DESTINATION "${CMAKE_INSTALL_DATADIR}/doc/azoth" COMPONENT development)
