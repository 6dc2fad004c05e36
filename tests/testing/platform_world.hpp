// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_TESTS_TESTING_PLATFORM_WORLD_HPP
#define WXMP_TESTS_TESTING_PLATFORM_WORLD_HPP

#include <wxmp/api/auth/token.hpp>
#include <wxmp/codec/multipart_writer.hpp>
#include <wxmp/operation/complete.hpp>
#include <wxmp/operation/prepare.hpp>
#include <wxmp/testing/platform.hpp>

#include <chrono>
#include <string>
#include <string_view>
#include <utility>

namespace wxmp::testing {

// Options that let everything pass, so that the platform is what refuses.
inline options without_limits() {
    options o;
    auto& l = o.limits;
    l.title_characters = l.digest_characters = l.content_characters = l.content_bytes = limits::none;
    l.articles_in_uploadnews = 0;
    l.video_tags = l.video_bytes = l.block_bytes = limits::none;
    l.image_bytes = l.inline_image_bytes = l.voice_bytes = l.media_video_bytes = l.thumb_bytes = limits::none;
    l.image_extensions = l.inline_image_extensions = l.voice_extensions = l.video_extensions =
        l.thumb_extensions = {};
    o.random = [] { return std::uint64_t{7}; };
    return o;
}

// The return code of an answer, 0 for success, and a number that is none for an error of this side.
template <class T> int code_in(const result<T>& answer) {
    if (answer) return 0;
    return answer.error().api_code() != 0 ? answer.error().api_code() : -999'999;
}

// A platform with the account wx1, whose token is at hand, at noon in Beijing.
struct world {
    explicit world(platform_rules rules = {})
        : p(std::move(rules)), owner(p.add_account("wx1", secret("s1"))) {
        sign_in();
    }

    void sign_in() { token = ask(auth::token{{}, "wx1", secret("s1")}).value().access_token; }

    http::response send(http::request r) {
        authorize(r, token);
        return p.handle(r, now).response;
    }

    template <operation Op> result<typename Op::response> ask(const Op& op, const options& o = options()) {
        auto request = prepare(op, o);
        if (!request) return request.error();
        return complete<Op>(send(*std::move(request)), o);
    }

    // The return code of a call that no limit on this side holds back.
    template <operation Op> int code_of(const Op& op) {
        auto o = without_limits();
        if constexpr (requires { op.articles.size(); }) o.limits.articles_in_uploadnews = op.articles.size();
        return code_in(ask(op, o));
    }

    // The answer to a request that no type of the library could make.
    http::response post(std::string_view target, std::string body,
                        std::string content_type = "application/json") {
        http::request r;
        r.verb = method::post;
        r.safe_target = target;
        r.target = secret(r.safe_target);
        r.needs_token = true;
        r.headers = {{"Content-Type", std::move(content_type)}};
        r.body = http::body(std::move(body));
        return send(std::move(r));
    }

    template <operation Op> int code_of_post(std::string body) {
        return code_in(complete<Op>(post(call_name(Op::at), std::move(body))));
    }

    template <operation Op> int code_of_form(const form_data& form, std::string_view query = {}) {
        auto encoded = form.encode(without_limits().random).value();
        return code_in(complete<Op>(
            post(call_name(Op::at) + std::string(query), encoded.body.text(), encoded.content_type)));
    }

    std::string add_cover() {
        return ask(material::add_material{media_type::image, {"cover.jpg", {"cover"}}}).value().media_id;
    }

    void pass(std::chrono::milliseconds time) { now += time; }

    platform p;
    account& owner;
    wall_time now{std::chrono::seconds(1'767'240'000)};  // 2026-01-01 12:00 in Beijing
    secret token;
};

}  // namespace wxmp::testing

#endif
