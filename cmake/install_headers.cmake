# SPDX-License-Identifier: MIT
# Installs the public headers: those in azoth/ itself, but for azoth_left_out, and all headers of the
# project that they include, directly or not. Everything else below azoth/ is the project's own affair.
# It runs when installing, because what is included changes without a new configuration.

cmake_policy(VERSION 3.22)

file(GLOB queue RELATIVE "${azoth_source}/azoth" "${azoth_source}/azoth/*.hpp")
list(REMOVE_ITEM queue ${azoth_left_out})
set(public)
while(queue)
    list(POP_FRONT queue header)
    if(header IN_LIST public)
        continue()
    endif()
    list(APPEND public "${header}")
    file(STRINGS "${azoth_source}/azoth/${header}" includes REGEX "^[ \t]*#[ \t]*include[ \t]*<azoth/")
    foreach(line IN LISTS includes)
        string(REGEX REPLACE ".*<azoth/([^>]+)>.*" "\\1" included "${line}")
        list(APPEND queue "${included}")
    endforeach()
endwhile()

foreach(header IN LISTS public)
    get_filename_component(folder "${header}" DIRECTORY)
    file(INSTALL "${azoth_source}/azoth/${header}" DESTINATION "${azoth_destination}/azoth/${folder}")
endforeach()
