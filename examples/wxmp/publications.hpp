// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_EXAMPLES_WXMP_PUBLICATIONS_HPP
#define WXMP_EXAMPLES_WXMP_PUBLICATIONS_HPP

#include <wxmp/api/freepublish/get.hpp>
#include <wxmp/flow/poll.hpp>

#include "session.hpp"
#include <string>
#include <string_view>

namespace tool {

inline std::string_view name_of(wxmp::freepublish::publication_status s) {
    using enum wxmp::freepublish::publication_status;
    switch (s) {
    case published: return "published";
    case in_progress: return "in progress";
    case not_original: return "the claim to be original was refused";
    case failed: return "failed";
    case refused: return "refused by the review";
    case deleted_by_owner: return "deleted by the owner";
    case removed_by_platform: return "removed by the platform";
    }
    return "in a state without a name";
}

struct publication_judge {
    using state = wxmp::freepublish::get::response;
    static wxmp::verdict judge(const state& r) {
        using enum wxmp::freepublish::publication_status;
        if (r.publish_status == published) return wxmp::verdict::good;
        return r.publish_status == in_progress ? wxmp::verdict::pending : wxmp::verdict::bad;
    }
    static std::string reason(const state& r) {
        auto text = "the publication is " + std::string(name_of(r.publish_status));
        for (const auto& i : r.fail_idx.value_or(std::vector<wxmp::index_from_1>()))
            text += ", article " + std::to_string(i.value);
        return text;
    }
};

/// Waits until a draft that was submitted is public.
inline result<wxmp::freepublish::get::response> wait_for(session& s, const wxmp::opaque_id& publish_id) {
    using poll = wxmp::poll<wxmp::freepublish::get, publication_judge>;
    return s.run_again([&] { return poll({.publish_id = publish_id}, {}, s.settings()); });
}

}  // namespace tool

#endif
