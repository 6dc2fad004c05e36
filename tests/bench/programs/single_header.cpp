// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// A program of one file: the single header, what is compiled once, and a call.
#define WXMP_SOURCE
#include "../../../single_include/wxmp.hpp"
#include "one_call.cpp"
