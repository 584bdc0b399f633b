# Precompiled headers: three quarters of the time of a build went into reading the same headers of Qt, Protocol Buffers and the
# standard library a thousand times. What is precompiled is what the libraries that a target links offer anyway, so that a target
# that links no Qt still sees none. Nothing of ours is in there: a change recompiles what includes it, as ever.

set(precompiled_std
  <algorithm> <array> <atomic> <cerrno> <chrono> <cmath> <csignal> <cstddef> <cstdint> <cstdio> <cstdlib> <cstring> <ctime> <deque>
  <functional> <map> <memory> <mutex> <optional> <set> <string> <string_view> <thread> <unordered_map> <utility> <vector>
  <fcntl.h> <poll.h> <sys/mman.h> <sys/socket.h> <sys/stat.h> <sys/syscall.h> <sys/types.h> <sys/wait.h> <unistd.h>)
set(precompiled_wire <ipc/messages/renderer.pb.h> <ipc/messages/sandbox.pb.h>)
set(precompiled_core
  <QByteArray> <QCoreApplication> <QDateTime> <QDir> <QElapsedTimer> <QFile> <QFileInfo> <QHash> <QJsonArray> <QJsonDocument>
  <QJsonObject> <QList> <QLocale> <QMap> <QObject> <QPointer> <QSet> <QSocketNotifier> <QString> <QStringList> <QTimer> <QUrl>)
set(precompiled_gui <QColor> <QFontMetricsF> <QGuiApplication> <QImage> <QKeyEvent> <QPainter> <QPainterPath> <QRect> <QRegion>)
set(precompiled_widgets
  <QApplication> <QHBoxLayout> <QLabel> <QLineEdit> <QMenu> <QMessageBox> <QPushButton> <QToolTip> <QTreeView> <QVBoxLayout> <QWidget>)
set(precompiled_network <QHostAddress>) # Qt Test looks whether there is a network
set(precompiled_test <QSignalSpy> <QTemporaryDir> <QtTest>)

# Qt Test says in every target where that lies, so that no two could share what is precompiled; nothing here asks it.
get_target_property(definitions Qt6::Test INTERFACE_COMPILE_DEFINITIONS)
list(FILTER definitions EXCLUDE REGEX "^QT_TESTCASE_")
set_target_properties(Qt6::Test PROPERTIES INTERFACE_COMPILE_DEFINITIONS "${definitions}")

# bulkhead_linked(TARGET RESULT): the libraries whose headers the target sees.
function(bulkhead_linked target result)
  set(seen)
  get_target_property(waiting ${target} LINK_LIBRARIES)
  while(waiting)
    list(POP_FRONT waiting next)
    if(TARGET "${next}" AND NOT "${next}" IN_LIST seen)
      list(APPEND seen ${next})
      get_target_property(further ${next} INTERFACE_LINK_LIBRARIES)
      if(further)
        list(APPEND waiting ${further})
      endif()
    endif()
  endwhile()
  set(${result} "${seen}" PARENT_SCOPE)
endfunction()

# bulkhead_precompile(TARGET): what fits the target, made once for all that have the same.
function(bulkhead_precompile target)
  bulkhead_linked(${target} linked)
  set(name precompiled_std)
  set(parts std)
  set(libraries bulkhead_options)
  foreach(part "wire:ipc_messages" "core:Qt6::Core" "gui:Qt6::Gui" "widgets:Qt6::Widgets" "network:Qt6::Network" "test:Qt6::Test")
    string(REGEX MATCH "^([a-z]+):(.*)$" part "${part}")
    if(CMAKE_MATCH_1 STREQUAL "network" AND NOT "Qt6::Test" IN_LIST linked)
      continue()
    endif()
    if("${CMAKE_MATCH_2}" IN_LIST linked)
      string(APPEND name "_${CMAKE_MATCH_1}")
      list(APPEND parts ${CMAKE_MATCH_1})
      list(APPEND libraries ${CMAKE_MATCH_2})
    endif()
  endforeach()
  get_target_property(options ${target} COMPILE_OPTIONS)
  list(REMOVE_ITEM options ${hardening_compile})
  get_target_property(sources ${target} SOURCES)
  list(LENGTH sources count)
  if(options) # the compiler takes only what was made with the same ones
    if(count LESS 20) # not worth it
      return()
    endif()
    foreach(part IN LISTS parts)
      target_precompile_headers(${target} PRIVATE ${precompiled_${part}})
    endforeach()
    return()
  endif()
  get_target_property(kind ${target} TYPE)
  if(kind STREQUAL "EXECUTABLE" AND NOT "Qt6::Core" IN_LIST linked)
    return() # compiled as position-independent executables, which what was made for libraries does not fit
  endif()
  if(NOT TARGET ${name})
    set(empty ${CMAKE_BINARY_DIR}/precompiled/${name}.cpp)
    file(CONFIGURE OUTPUT ${empty} CONTENT "// Carries the precompiled headers.\n")
    add_library(${name} OBJECT ${empty})
    set_target_properties(${name} PROPERTIES AUTOMOC OFF AUTORCC OFF
      CXX_COMPILER_LAUNCHER "${CMAKE_SOURCE_DIR}/resources/cmake/precompile;${CMAKE_CXX_COMPILER_LAUNCHER}")
    target_link_libraries(${name} PRIVATE ${libraries})
    foreach(part IN LISTS parts)
      target_precompile_headers(${name} PRIVATE ${precompiled_${part}})
    endforeach()
  endif()
  target_precompile_headers(${target} REUSE_FROM ${name})
endfunction()

# All targets of the folders below, but those that are built like a stranger's.
function(bulkhead_precompile_all folder)
  get_property(targets DIRECTORY ${folder} PROPERTY BUILDSYSTEM_TARGETS)
  foreach(target IN LISTS targets)
    get_target_property(kind ${target} TYPE)
    get_target_property(linked ${target} LINK_LIBRARIES)
    if(kind MATCHES "^(STATIC_LIBRARY|EXECUTABLE)$" AND "bulkhead_options" IN_LIST linked)
      bulkhead_precompile(${target})
    endif()
  endforeach()
  get_property(folders DIRECTORY ${folder} PROPERTY SUBDIRECTORIES)
  foreach(below IN LISTS folders)
    bulkhead_precompile_all(${below})
  endforeach()
endfunction()
