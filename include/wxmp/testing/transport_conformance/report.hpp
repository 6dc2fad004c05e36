// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_TESTING_TRANSPORT_CONFORMANCE_REPORT_HPP
#define WXMP_TESTING_TRANSPORT_CONFORMANCE_REPORT_HPP

#include <algorithm>
#include <iomanip>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

namespace wxmp::testing {

/// What came of one check.
enum class verdict { passed, failed, not_applicable };

/// As in a report: `passed`, `failed` or `not applicable`.
inline std::string_view to_string(verdict v) noexcept {
    return v == verdict::passed ? "passed" : v == verdict::failed ? "failed" : "not applicable";
}

/// One line of a report.
struct check_result {
    std::string name;    ///< of the check
    verdict outcome{};   ///< how it went
    std::string detail;  ///< the first thing that went wrong, or why the check does not apply
};

/// What came of all checks, in their order.
struct transport_report {
    std::vector<check_result> results;  ///< never two of the same name

    /// The result of one check; nullptr if it was not made.
    [[nodiscard]] const check_result* find(std::string_view name) const {
        const auto at = std::find_if(results.begin(), results.end(), [&](auto& r) { return r.name == name; });
        return at == results.end() ? nullptr : &*at;
    }

    /// The names of the checks that failed.
    [[nodiscard]] std::vector<std::string> failed() const {
        std::vector<std::string> names;
        for (const auto& r : results)
            if (r.outcome == verdict::failed) names.push_back(r.name);
        return names;
    }

    /// Whether checks were made, and none failed.
    [[nodiscard]] bool passed() const { return !results.empty() && failed().empty(); }

    /// A line for each check: its name, what came of it, and the detail.
    friend std::ostream& operator<<(std::ostream& out, const transport_report& r) {
        for (const auto& line : r.results) {
            out << std::left << std::setw(46) << line.name << ' ' << to_string(line.outcome);
            if (!line.detail.empty()) out << ": " << line.detail;
            out << '\n';
        }
        return out;
    }
};

}  // namespace wxmp::testing

#endif
