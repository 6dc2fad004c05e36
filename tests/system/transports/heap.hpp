// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_TESTS_SYSTEM_TRANSPORTS_HEAP_HPP
#define WXMP_TESTS_SYSTEM_TRANSPORTS_HEAP_HPP

#include <wxmp/testing/transport_conformance/subject.hpp>

namespace wxmp_test {

/// Uploads 10 MB to another process and prints how much the heap grew meanwhile; false if that fails.
bool measure_heap(const wxmp::testing::subject_factory& make);

}  // namespace wxmp_test

#endif
