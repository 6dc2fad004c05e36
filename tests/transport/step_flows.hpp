// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// What the tests over all flows and styles run.
#ifndef WXMP_TESTS_TRANSPORT_STEP_FLOWS_HPP
#define WXMP_TESTS_TRANSPORT_STEP_FLOWS_HPP

#include <wxmp/api/draft/count.hpp>
#include <wxmp/flow/poll.hpp>
#include <wxmp/flow/upload.hpp>

#include <boost/mpl/list.hpp>

#include "styles.hpp"
#include <functional>
#include <memory>
#include <string>
#include <utility>

namespace wxmp_test {

using styles = boost::mpl::list<blocking_style, callback_style, awaitable_style>;

// Pending so many times.
struct patience {
    static inline thread_local int left = 0;
    static wxmp::poll_state state(const wxmp::draft::count::response&) {
        return left-- > 0 ? wxmp::poll_state::pending : wxmp::poll_state::succeeded;
    }
    static std::string reason(const wxmp::draft::count::response&) { return {}; }
};
using poll_patience = wxmp::poll<wxmp::draft::count, patience>;

// A flow, and what it runs with.
template <class F> struct to_run {
    F flow;
    wxmp::run_options options{};
};
template <class F> to_run(F) -> to_run<F>;
template <class F> to_run(F, wxmp::run_options) -> to_run<F>;

// An upload of five blocks with a review, two at a time. `change` may set other options.
inline auto small_upload(step_world& w, std::function<void(wxmp::upload_options&)> change = {}) {
    const auto source = std::make_shared<const stepping_source>(stepping_source{w, std::string(300, 'x')});
    wxmp::run_options o{.source = *source};
    return to_run{[&w, source, change] {
                      wxmp::upload_options how{.block_size = 64, .window = 2};
                      if (change) change(how);
                      return wxmp::upload("v.mp4", source->bytes.size(), {"title", "words", false}, w.options,
                                          std::move(how));
                  },
                  std::move(o)};
}

}  // namespace wxmp_test

#endif
