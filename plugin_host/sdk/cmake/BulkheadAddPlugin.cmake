# SPDX-License-Identifier: BSD-3-Clause
# bulkhead_add_plugin(TARGET SOURCES file... [MANIFEST manifest.json] [LIBRARIES library...] [INSTALL])
#
# Makes a plugin from sources: in the build folder (or BULKHEAD_PLUGIN_OUTPUT_DIRECTORY) a folder ID.bulkplug with the library
# and the manifest, to which the library's name and checksum for this processor are added after every build. ID and version
# come from the manifest. A manifest with "qt" links Qt Gui. INSTALL installs the folder where Bulkhead looks for the
# system's plugins.

include(${CMAKE_CURRENT_LIST_DIR}/BulkheadHardening.cmake)

# Without a build type nothing is optimised, and the C library's checked functions need that.
if(NOT CMAKE_BUILD_TYPE AND NOT CMAKE_CONFIGURATION_TYPES)
  set(CMAKE_BUILD_TYPE RelWithDebInfo)
endif()

function(bulkhead_add_plugin target)
  cmake_parse_arguments(arg "INSTALL" "MANIFEST" "SOURCES;LIBRARIES" ${ARGN})
  if(NOT arg_SOURCES)
    message(FATAL_ERROR "bulkhead_add_plugin(${target}): no SOURCES")
  endif()
  if(NOT arg_MANIFEST)
    set(arg_MANIFEST manifest.json)
  endif()
  cmake_path(ABSOLUTE_PATH arg_MANIFEST BASE_DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR})
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${arg_MANIFEST})
  file(READ ${arg_MANIFEST} manifest)
  foreach(key id version)
    string(JSON ${key} ERROR_VARIABLE error GET "${manifest}" ${key})
    if(error)
      message(FATAL_ERROR "${arg_MANIFEST}: \"${key}\": ${error}")
    endif()
  endforeach()
  string(JSON qt ERROR_VARIABLE without_qt GET "${manifest}" qt)

  if(BULKHEAD_PLUGIN_OUTPUT_DIRECTORY)
    set(folder ${BULKHEAD_PLUGIN_OUTPUT_DIRECTORY}/${id}.bulkplug)
  else()
    set(folder ${CMAKE_CURRENT_BINARY_DIR}/${id}.bulkplug)
  endif()
  add_library(${target} MODULE ${arg_SOURCES})
  set_target_properties(${target} PROPERTIES
    PREFIX "" LIBRARY_OUTPUT_DIRECTORY ${folder} SKIP_BUILD_RPATH ON
    C_VISIBILITY_PRESET hidden CXX_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN ON)
  target_compile_definitions(${target} PRIVATE BULKHEAD_PLUGIN_ID="${id}" BULKHEAD_PLUGIN_VERSION="${version}")
  target_compile_features(${target} PRIVATE c_std_11)
  target_link_libraries(${target} PRIVATE Bulkhead::PluginSDK ${arg_LIBRARIES})
  bulkhead_hardening(compile link)
  target_compile_options(${target} PRIVATE ${compile})
  target_link_options(${target} PRIVATE ${link} -Wl,-z,text)
  if(NOT without_qt)
    find_package(Qt6 ${qt} REQUIRED COMPONENTS Gui)
    target_compile_features(${target} PRIVATE cxx_std_20)
    target_link_libraries(${target} PRIVATE Qt6::Gui)
  endif()
  add_custom_command(TARGET ${target} POST_BUILD
    COMMAND ${CMAKE_COMMAND} -DMANIFEST=${arg_MANIFEST} -DLIBRARY=$<TARGET_FILE:${target}>
      -DARCHITECTURE=${CMAKE_SYSTEM_PROCESSOR} -P ${CMAKE_CURRENT_FUNCTION_LIST_DIR}/BulkheadFinishManifest.cmake
    VERBATIM)
  # A changed manifest is as good as a changed source.
  set_property(TARGET ${target} APPEND PROPERTY LINK_DEPENDS ${arg_MANIFEST})
  if(arg_INSTALL)
    install(DIRECTORY ${folder} DESTINATION lib/bulkhead/plugins)
  endif()
endfunction()
