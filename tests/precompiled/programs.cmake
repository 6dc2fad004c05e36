# Halves the time to build the programs of tests/ and examples/, by clang. That each of their headers includes what it
# uses is seen by system/headers_alone, and by a build without this.
file(CONFIGURE OUTPUT precompiled.cpp CONTENT "")
add_library(wxmp_precompiled OBJECT ${PROJECT_BINARY_DIR}/precompiled.cpp)
target_link_libraries(wxmp_precompiled PRIVATE wxmp_own)
target_precompile_headers(wxmp_precompiled PRIVATE <boost/asio.hpp> <boost/beast.hpp> <boost/json.hpp>
  <wxmp/testing.hpp> <wxmp/wxmp.hpp>)

foreach(folder tests examples)
  get_property(targets DIRECTORY ${PROJECT_SOURCE_DIR}/${folder} PROPERTY BUILDSYSTEM_TARGETS)
  # These have headers of their own to precompile, or other options; publish_article is compiled as by examples/run, so that
  # a compiler's cache has it for both.
  list(REMOVE_ITEM targets wxmp_tests transport_conformance guide_qt short_qt_upload publish_article)
  foreach(target IN LISTS targets)
    target_precompile_headers(${target} REUSE_FROM wxmp_precompiled)
  endforeach()
endforeach()
# The tool is half of all, and most of what the compiler does for one of its sources it does again for the next.
if(TARGET wxmp_tool)
  set_target_properties(wxmp_tool PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 12)
endif()
