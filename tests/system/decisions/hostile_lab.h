// SPDX-License-Identifier: BSD-3-Clause
#pragma once

/// How a test tells a hostile lab worker what to do, through the environment.
namespace bulkhead::hostile_lab {

/// What it does when it is told to open its mechanism and has gone into the cage for that; one of
///
///   socket FAMILY TYPE                  FAMILY: unix inet netlink; TYPE: stream dgram raw
///   connect FAMILY TYPE ADDRESS [PORT]  ADDRESS: a path, @NAME without a file, an IP address, or - for none
///   (AF_UNSPEC) bind FAMILY TYPE ADDRESS [PORT] listen FAMILY TYPE                  without a bind answer KIND KIND:
///   other large descriptors unasked
///
/// What came of it is the error that it answers: "done", or the error's name.
inline constexpr char Attack[] = "BULKHEAD_HOSTILE_LAB";
/// The protection of its own that is replaced: Judge, Kinds, or nothing.
inline constexpr char Replaced[] = "BULKHEAD_HOSTILE_LAB_REPLACED";
inline constexpr char Judge[] = "judge";
inline constexpr char Kinds[] = "kinds";

} // namespace bulkhead::hostile_lab
