// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_TESTING_CONFORMANCE_REPORT_HPP
#define WXMP_TESTING_CONFORMANCE_REPORT_HPP

#include <wxmp/version.hpp>

#include <algorithm>
#include <exception>
#include <iomanip>
#include <ostream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace wxmp::inline v0_1::testing {

/// Outcome of one check.
enum class check_outcome { passed, failed, not_applicable };

/// The outcome as printed: `passed`, `failed` or `not applicable`.
inline std::string_view to_string(check_outcome v) noexcept {
    return v == check_outcome::passed ? "passed" : v == check_outcome::failed ? "failed" : "not applicable";
}

/// One line of a report.
struct check_result {
    std::string name;         ///< of the check
    check_outcome outcome{};  ///< its outcome
    std::string detail;       ///< the first failure, or why the check does not apply
};

/// Results of all checks, in order.
struct conformance_report {
    std::vector<check_result> results;  ///< names are unique

    /// The result of one check; nullptr if it was not run.
    [[nodiscard]] const check_result* find(std::string_view name) const {
        const auto at = std::find_if(results.begin(), results.end(), [&](auto& r) { return r.name == name; });
        return at == results.end() ? nullptr : &*at;
    }

    /// The names of the checks that failed.
    [[nodiscard]] std::vector<std::string> failed() const {
        std::vector<std::string> names;
        for (const auto& r : results)
            if (r.outcome == check_outcome::failed) names.push_back(r.name);
        return names;
    }

    /// Whether any checks were run, and none failed.
    [[nodiscard]] bool passed() const { return !results.empty() && failed().empty(); }

    /// Prints a line for each check: name, outcome and detail.
    friend std::ostream& operator<<(std::ostream& out, const conformance_report& r) {
        for (const auto& line : r.results) {
            out << std::left << std::setw(46) << line.name << ' ' << to_string(line.outcome);
            if (!line.detail.empty()) out << ": " << line.detail;
            out << '\n';
        }
        return out;
    }
};

namespace detail {

// Outcome of a running check so far.
class check_notes {
public:
    // Records the first failure; returns `is_right`.
    bool expect(bool is_right, std::string_view what) {
        if (!is_right && outcome_ != check_outcome::failed) settle(check_outcome::failed, what);
        return is_right;
    }

    void not_applicable(std::string_view why) {
        if (outcome_ == check_outcome::passed) settle(check_outcome::not_applicable, why);
    }

    [[nodiscard]] check_result take(std::string_view name) && {
        return {std::string(name), outcome_, std::move(detail_)};
    }

private:
    void settle(check_outcome v, std::string_view why) {
        outcome_ = v;
        detail_ = why;
    }

    check_outcome outcome_{};
    std::string detail_;
};

// Runs the `checks` named in `only`, or all if it is empty; an exception is a failure. `begin()` makes a new
// trial for each, derived from check_notes.
template <class Checks, class Begin>
conformance_report report_on(const Checks& checks, const std::vector<std::string>& only, Begin begin) {
    conformance_report all;
    for (const auto& what : checks) {
        if (!only.empty() && std::find(only.begin(), only.end(), what.name) == only.end()) continue;
        auto trial = begin();
        try {
            what.run(trial);
        } catch (const std::exception& e) {
            trial.expect(false, std::string("an exception was thrown: ") + e.what());
        }
        all.results.push_back(std::move(trial).take(what.name));
    }
    return all;
}

}  // namespace detail

}  // namespace wxmp::inline v0_1::testing

#endif
