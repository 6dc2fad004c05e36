// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_TESTING_TRANSPORT_CONFORMANCE_HPP
#define WXMP_TESTING_TRANSPORT_CONFORMANCE_HPP

#include <wxmp/testing/transport_conformance/connecting.hpp>
#include <wxmp/testing/transport_conformance/failing.hpp>
#include <wxmp/testing/transport_conformance/receiving.hpp>
#include <wxmp/testing/transport_conformance/sending.hpp>
#include <wxmp/testing/transport_conformance/stopping.hpp>

#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

/** @file
    Checks that a transport, of any style, meets the requirements of the library.

        struct harness {
            explicit harness(const std::string& ca_file);
            wxmp::result<wxmp::http::response> send(const wxmp::http::request&, wxmp::stop_token = {});
        };

        auto report = wxmp::testing::check_transport([](const std::string& ca) { return harness(ca); });
        std::cout << report;
        return !report.passed();

    The peer is a scripted server inside the program, on the loopback interface. A run takes some ten seconds.
    POSIX only; the program must link OpenSSL (libssl and libcrypto).
*/
namespace wxmp::inline v0_1::testing {

/// One requirement on a transport.
struct transport_check {
    std::string_view name;        ///< what is required
    void (*run)(detail::trial&);  ///< runs the check
};

namespace detail {

inline constexpr transport_check checks[] = {
    {"sends_the_method", &sends_the_method},
    {"sends_the_target_as_it_is", &sends_the_target_as_it_is},
    {"sends_the_headers_as_they_are", &sends_the_headers_as_they_are},
    {"adds_no_headers", &adds_no_headers},
    {"sends_a_get_without_a_body", &sends_a_get_without_a_body},
    {"sends_an_empty_post_with_its_length", &sends_an_empty_post_with_its_length},
    {"tells_the_length_and_sends_no_chunks", &tells_the_length_and_sends_no_chunks},
    {"sends_bodies_of_any_size", &sends_bodies_of_any_size},
    {"sends_the_largest_body", &sends_the_largest_body},
    {"sends_the_pieces_of_a_body_in_order", &sends_the_pieces_of_a_body_in_order},
    {"sends_a_body_again_when_asked_to", &sends_a_body_again_when_asked_to},
    {"reports_a_source_that_fails", &reports_a_source_that_fails},
    {"asks_for_no_100_continue", &asks_for_no_100_continue},
    {"keeps_no_cookies", &keeps_no_cookies},
    {"returns_status_headers_and_body", &returns_status_headers_and_body},
    {"keeps_repeated_and_empty_headers", &keeps_repeated_and_empty_headers},
    {"keeps_the_order_of_headers", &keeps_the_order_of_headers},
    {"returns_an_answer_without_a_body", &returns_an_answer_without_a_body},
    {"returns_a_chunked_answer_without_its_coding", &returns_a_chunked_answer_without_its_coding},
    {"returns_an_answer_that_the_end_ends", &returns_an_answer_that_the_end_ends},
    {"returns_the_answer_after_an_interim_one", &returns_the_answer_after_an_interim_one},
    {"returns_a_slow_answer", &returns_a_slow_answer},
    {"takes_a_timeout_of_any_length", &takes_a_timeout_of_any_length},
    {"returns_the_answer_of_a_half_closed_connection", &returns_the_answer_of_a_half_closed_connection},
    {"follows_no_redirect", &follows_no_redirect},
    {"accepts_an_answer_up_to_the_limit", &accepts_an_answer_up_to_the_limit},
    {"refuses_an_answer_past_the_limit", &refuses_an_answer_past_the_limit},
    {"refuses_an_endless_answer", &refuses_an_endless_answer},
    {"gives_the_body_to_a_sink", &gives_the_body_to_a_sink},
    {"gives_nothing_to_a_sink_where_there_is_nothing", &gives_nothing_to_a_sink_where_there_is_nothing},
    {"collects_what_is_not_for_a_sink", &collects_what_is_not_for_a_sink},
    {"ends_when_the_sink_wants_no_more", &ends_when_the_sink_wants_no_more},
    {"reports_a_break_after_a_part_went_to_the_sink", &reports_a_break_after_a_part_went_to_the_sink},
    {"tells_its_progress", &tells_its_progress},
    {"reports_that_nobody_listens", &reports_that_nobody_listens},
    {"times_out_while_waiting", &times_out_while_waiting},
    {"times_out_in_a_slow_head", &times_out_in_a_slow_head},
    {"times_out_in_a_slow_body", &times_out_in_a_slow_body},
    {"times_out_while_sending", &times_out_while_sending},
    {"reports_a_close_before_the_first_byte", &reports_a_close_before_the_first_byte},
    {"reports_a_reset_before_the_first_byte", &reports_a_reset_before_the_first_byte},
    {"reports_a_close_after_the_first_byte", &reports_a_close_after_the_first_byte},
    {"reports_a_reset_after_the_first_byte", &reports_a_reset_after_the_first_byte},
    {"reports_a_half_closed_connection", &reports_a_half_closed_connection},
    {"reports_a_reset_while_sending", &reports_a_reset_while_sending},
    {"reports_what_is_not_http", &reports_what_is_not_http},
    {"does_not_send_again", &does_not_send_again},
    {"is_cancelled_while_connecting", &is_cancelled_while_connecting},
    {"is_cancelled_in_the_handshake", &is_cancelled_in_the_handshake},
    {"is_cancelled_while_sending", &is_cancelled_while_sending},
    {"is_cancelled_while_waiting", &is_cancelled_while_waiting},
    {"is_cancelled_in_the_head", &is_cancelled_in_the_head},
    {"is_cancelled_in_the_body", &is_cancelled_in_the_body},
    {"sends_nothing_when_stopped_before", &sends_nothing_when_stopped_before},
    {"serves_the_next_request_after_a_stop", &serves_the_next_request_after_a_stop},
    {"leaves_others_alone_when_one_is_stopped", &leaves_others_alone_when_one_is_stopped},
    {"reports_what_a_sink_throws", &reports_what_a_sink_throws},
    {"reports_what_a_source_throws", &reports_what_a_source_throws},
    {"tells_no_secret", &tells_no_secret},
    {"keeps_its_connection", &keeps_its_connection},
    {"replaces_a_connection_that_was_closed", &replaces_a_connection_that_was_closed},
    {"does_not_send_again_on_a_kept_connection", &does_not_send_again_on_a_kept_connection},
    {"has_two_requests_under_way", &has_two_requests_under_way},
    {"accepts_a_certificate_that_it_trusts", &accepts_a_certificate_that_it_trusts},
    {"sends_a_large_body_over_tls", &sends_a_large_body_over_tls},
    {"refuses_a_certificate_that_nobody_vouches_for", &refuses_a_certificate_that_nobody_vouches_for},
    {"refuses_a_certificate_that_has_expired", &refuses_a_certificate_that_has_expired},
    {"refuses_a_certificate_for_another_host", &refuses_a_certificate_for_another_host},
    {"reports_a_server_that_speaks_no_tls", &reports_a_server_that_speaks_no_tls},
    {"reports_a_slow_handshake_as_no_connection", &reports_a_slow_handshake_as_no_connection},
};

}  // namespace detail

/// All checks, in the order of a report.
inline std::span<const transport_check> transport_checks() noexcept { return detail::checks; }

/// Runs the checks; an exception from the transport is a failure. Each check calls `make`, often more than
/// once, with the file of certificates to trust.
inline conformance_report check_transport(const subject_factory& make, const conformance_options& o = {}) {
    return detail::report_on(transport_checks(), o.only, [&] { return detail::trial(make, o); });
}

/// Runs the checks on what `make(ca_file)` returns, a @ref conformance_harness by value.
template <class Make>
    requires conformance_harness<std::invoke_result_t<const Make&, const std::string&>>
        conformance_report check_transport(Make make, const conformance_options& o = {}) {
        return check_transport(make_subject_factory(std::move(make)), o);
    }

}  // namespace wxmp::inline v0_1::testing

#endif
