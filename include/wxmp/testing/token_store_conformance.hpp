// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_TESTING_TOKEN_STORE_CONFORMANCE_HPP
#define WXMP_TESTING_TOKEN_STORE_CONFORMANCE_HPP

#include <wxmp/testing/token_store_conformance/failing.hpp>
#include <wxmp/testing/token_store_conformance/keeping.hpp>
#include <wxmp/testing/token_store_conformance/sharing.hpp>

#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

/** @file
    Checks that a token store, of any style, meets the requirements of the library.

        auto report = wxmp::testing::check_token_store(
            [](const std::string& account) { return my_store("localhost", account); });
        std::cout << report;
        return !report.passed();

    `make(account)` returns another store over the same storage of that account, as on another machine. The
    account names are new on each run; what remains in the storage afterwards may be deleted. If the stores
    use a server, the checks of its failures need hooks that cause them, see @ref store_server.
*/
namespace wxmp::inline v0_1::testing {

/// One requirement on a store.
struct token_store_check {
    std::string_view name;              ///< what is required
    void (*run)(detail::store_trial&);  ///< runs the check
};

namespace detail {

inline constexpr token_store_check store_checks[] = {
    {"has_nothing_at_first", &has_nothing_at_first},
    {"keeps_a_record", &keeps_a_record},
    {"keeps_any_token", &keeps_any_token},
    {"replaces_a_record", &replaces_a_record},
    {"keeps_accounts_apart", &keeps_accounts_apart},
    {"counts_down", &counts_down},
    {"tells_that_a_record_is_over", &tells_that_a_record_is_over},
    {"takes_any_duration", &takes_any_duration},
    {"refuses_an_equal_fence", &refuses_an_equal_fence},
    {"refuses_an_older_fence", &refuses_an_older_fence},
    {"invalidates_the_token", &invalidates_the_token},
    {"invalidates_no_other_token", &invalidates_no_other_token},
    {"gives_a_lease_to_one", &gives_a_lease_to_one},
    {"gives_a_lease_to_one_of_many", &gives_a_lease_to_one_of_many},
    {"takes_a_lease_back", &takes_a_lease_back},
    {"ends_a_lease", &ends_a_lease},
    {"fences_ascend", &fences_ascend},
    {"releases_no_other_lease", &releases_no_other_lease},
    {"releases_no_later_lease", &releases_no_later_lease},
    {"a_late_commit_does_not_replace_a_newer_one", &a_late_commit_does_not_replace_a_newer_one},
    {"a_late_commit_is_kept_where_none_is_newer", &a_late_commit_is_kept_where_none_is_newer},
    {"two_holders_agree_on_everything", &two_holders_agree_on_everything},
    {"survives_a_loss_at_a_load", &survives_a_loss_at_a_load},
    {"survives_a_loss_at_a_lease", &survives_a_loss_at_a_lease},
    {"survives_a_loss_at_a_commit", &survives_a_loss_at_a_commit},
    {"survives_a_loss_at_a_release", &survives_a_loss_at_a_release},
    {"survives_a_loss_at_an_invalidate", &survives_a_loss_at_an_invalidate},
    {"a_lost_commit_is_whole_or_nothing", &a_lost_commit_is_whole_or_nothing},
    {"gives_up_a_silent_server", &gives_up_a_silent_server},
    {"mixes_no_answers_up", &mixes_no_answers_up},
    {"is_cancelled_in_a_silence", &is_cancelled_in_a_silence},
    {"survives_a_restart", &survives_a_restart},
    {"tells_no_token", &tells_no_token},
};

}  // namespace detail

/// All checks, in the order of a report.
inline std::span<const token_store_check> token_store_checks() noexcept { return detail::store_checks; }

/// Runs the checks; an exception from a store is a failure. Each check calls `make`, usually more than once.
/// Some checks use several stores from several threads at a time.
inline conformance_report check_token_store(const store_factory& make,
                                            const store_conformance_options& o = {}) {
    return detail::report_on(token_store_checks(), o.only, [&] { return detail::store_trial(make, o); });
}

/// Runs the checks on what `make(account)` returns: a @ref store_harness by value, or a reference to one.
template <class Make>
    requires store_harness<std::invoke_result_t<const Make&, const std::string&>>
        conformance_report check_token_store(Make make, const store_conformance_options& o = {}) {
        return check_token_store(make_store_factory(std::move(make)), o);
    }

}  // namespace wxmp::inline v0_1::testing

#endif
