# What the build needs of the machine, and a sentence for what is missing or too old: all of them at once, in bulkhead_requirements_met().
set(bulkhead_missing "")

# bulkhead_need(WHAT LEAST FOUND HOW): FOUND is a version, or empty when there is none.
macro(bulkhead_need what least found how)
  if("${found}" STREQUAL "")
    list(APPEND bulkhead_missing "${what} ${least} or newer is needed, and is not there: ${how}.")
  elseif("${found}" VERSION_LESS "${least}")
    list(APPEND bulkhead_missing "${what} ${least} or newer is needed, and ${found} is here: ${how}.")
  endif()
endmacro()

# bulkhead_find(PACKAGE LEAST WHAT HOW [find_package's arguments]): find_package() in the folder that asks.
macro(bulkhead_find package least what how)
  find_package(${package} ${least} QUIET ${ARGN})
  if(${package}_FOUND)
    bulkhead_need("${what}" ${least} "${${package}_VERSION}" "${how}")
  elseif(${package}_CONSIDERED_VERSIONS AND NOT ${package}_NOT_FOUND_MESSAGE)
    list(GET ${package}_CONSIDERED_VERSIONS 0 bulkhead_considered)
    bulkhead_need("${what}" ${least} "${bulkhead_considered}" "${how}")
  else() # not there, or without the parts that are named
    bulkhead_need("${what}" ${least} "" "${how}")
  endif()
endmacro()

# The language of the sources: concepts, ranges and std::atomic::wait().
macro(bulkhead_need_compiler)
  set(bulkhead_how "Debian 12 and later have it as package g++, or name another one with CMAKE_CXX_COMPILER")
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    bulkhead_need("GCC" 12 "${CMAKE_CXX_COMPILER_VERSION}" "${bulkhead_how}")
  elseif(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
    bulkhead_need("Clang" 15 "${CMAKE_CXX_COMPILER_VERSION}" "${bulkhead_how}")
  else()
    bulkhead_need("GCC 12 or Clang" 15 "" "this is ${CMAKE_CXX_COMPILER_ID}. ${bulkhead_how}")
  endif()
endmacro()

function(bulkhead_requirements_met)
  if(bulkhead_missing)
    list(JOIN bulkhead_missing "\n  " sentences)
    message(FATAL_ERROR "This machine lacks something that Bulkhead is built with; app/run installs it on Debian 12 and later:\n  ${sentences}")
  endif()
endfunction()
