// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#include "problem.hpp"

#include "language.hpp"
#include <algorithm>
#include <map>
#include <tuple>

namespace tool {

std::string describe(const std::string& file, const problem& p) {
    auto text = file;
    if (p.at.line > 0) text += ':' + std::to_string(p.at.line);
    if (p.at.line > 0 && p.at.column > 0) text += ':' + std::to_string(p.at.column);
    text += ": " + p.what;
    std::string lines;
    for (const auto line : p.again) lines += (lines.empty() ? "" : tr(", ")) + std::to_string(line);
    if (!lines.empty()) text = tr("{}, and in line {}", text, lines);
    return p.to_do.empty() ? text : tr("{}; {}", text, p.to_do);
}

problems in_order(problems all) {
    std::stable_sort(all.begin(), all.end(),
                     [](const problem& one, const problem& other) { return one.at < other.at; });
    std::map<std::tuple<problem::severity, std::string, std::string>, std::size_t> first;
    problems once;
    for (auto& p : all) {
        const auto [there, is_new] = first.try_emplace({p.is, p.what, p.to_do}, once.size());
        if (is_new) once.push_back(std::move(p));
        else once[there->second].again.push_back(p.at.line);
    }
    return once;
}

bool has_error(const problems& all) {
    return std::any_of(all.begin(), all.end(),
                       [](const problem& p) { return p.is == problem::severity::error; });
}

}  // namespace tool
