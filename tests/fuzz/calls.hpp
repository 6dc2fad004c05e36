// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_TESTS_FUZZ_CALLS_HPP
#define WXMP_TESTS_FUZZ_CALLS_HPP

#include <wxmp/wxmp.hpp>

#include <array>
#include <cstddef>

namespace wxmp_fuzz {

using namespace wxmp;

template <operation... Op> struct calls {
    static constexpr std::size_t count = sizeof...(Op);

    // Calls `visit<Op>()` with the one that `which` chooses.
    template <class Visit> static void choose(std::size_t which, Visit visit) {
        using function = void (*)(Visit&);
        constexpr std::array<function, count> all{[](Visit& v) { v.template operator()<Op>(); }...};
        all[which % count](visit);
    }
};

using all_calls =
    calls<auth::stable_token, auth::token, comment::close, comment::delete_, comment::list,
          comment::markelect, comment::open, comment::reply_add, comment::reply_delete, comment::unmarkelect,
          draft::add, draft::batchget, draft::count, draft::delete_, draft::get, draft::switch_,
          draft::update, freepublish::batchget, freepublish::delete_, freepublish::get,
          freepublish::getarticle, freepublish::submit, material::add_material, material::add_news,
          material::batchget_material, material::del_material, material::get_material,
          material::get_materialcount, material::update_news, media::get, media::get_jssdk, media::upload,
          media::uploadimg, openapi::clear_quota, openapi::clear_quota_v2, openapi::quota_clear,
          openapi::quota_get, openapi::rid_get, publish::delete_, publish::query, publish::submit,
          publish::update, publish::uploadnews, upload_video::init_upload, upload_video::query_status,
          upload_video::save_video, upload_video::upload_block, upload_video::upload_finish>;

}  // namespace wxmp_fuzz

#endif
