// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// What a command of the tool is. The help, the parser and the completion scripts are made from this.
#ifndef WXMP_EXAMPLES_WXMP_COMMAND_HPP
#define WXMP_EXAMPLES_WXMP_COMMAND_HPP

#include <wxmp/error/error.hpp>

#include "language.hpp"
#include <charconv>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tool {

template <class T> using result = wxmp::result<T>;

/// What may stand on the command line after a command's name.
struct parameter {
    enum class type { text, number, flag };

    std::string name;                    ///< `--cover`, or `FILE`: one that has no dashes
    std::string help;                    ///< one line
    std::string value = "TEXT";          ///< how the help calls what follows an option
    type is = type::text;                ///< what follows it
    std::vector<std::string> choices{};  ///< the only values there are; empty: any
    bool required{};                     ///< has to be there
    bool repeats{};                      ///< may be there more than once
    std::uint64_t least = 0;             ///< of a number
    std::uint64_t most = ~0ull;          ///< of a number

    bool is_option() const noexcept { return name.starts_with("--"); }
};

/// A parameter without dashes, which has to be there.
inline parameter positional(std::string name, std::string help) {
    return {.name = std::move(name), .help = std::move(help), .required = true};
}

inline parameter option(std::string name, std::string value, std::string help) {
    return {.name = std::move(name), .help = std::move(help), .value = std::move(value)};
}

inline parameter number(std::string name, std::string help, std::uint64_t least = 0,
                        std::uint64_t most = ~0ull) {
    return {.name = std::move(name),
            .help = std::move(help),
            .value = "N",
            .is = parameter::type::number,
            .least = least,
            .most = most};
}

/// A number of 32 bits, as the service counts articles.
inline parameter small_number(std::string name, std::string help, std::uint64_t least = 0) {
    return number(std::move(name), std::move(help), least, 0xffff'ffff);
}

inline parameter flag(std::string name, std::string help) {
    return {.name = std::move(name), .help = std::move(help), .is = parameter::type::flag};
}

inline parameter choice(std::string name, std::vector<std::string> choices, std::string help) {
    return {.name = std::move(name), .help = std::move(help), .value = "KIND", .choices = std::move(choices)};
}

inline parameter required(parameter p) { return p.required = true, p; }

inline parameter repeated(parameter p) { return p.repeats = true, p; }

inline parameter json_flag() { return flag("--json", tr("print JSON, for other programs")); }

/// What stood on the command line, checked by the parser.
class arguments {
public:
    void set(std::string name, std::vector<std::string> values) {
        values_[std::move(name)] = std::move(values);
    }

    bool has(std::string_view name) const { return values_.find(name) != values_.end(); }

    std::optional<std::string> maybe(std::string_view name) const {
        const auto found = values_.find(name);
        return found == values_.end() ? std::nullopt : std::optional(found->second.front());
    }

    /// All values of what may be there more than once.
    std::vector<std::string> all(std::string_view name) const {
        const auto found = values_.find(name);
        return found == values_.end() ? std::vector<std::string>() : found->second;
    }

    std::string text(std::string_view name, std::string otherwise = {}) const {
        return maybe(name).value_or(std::move(otherwise));
    }

    /// A number; the parser has seen to its range.
    std::uint64_t number(std::string_view name, std::uint64_t otherwise = 0) const {
        const auto digits = maybe(name);
        if (digits) std::from_chars(digits->data(), digits->data() + digits->size(), otherwise);
        return otherwise;
    }

    /// A @ref small_number.
    std::uint32_t small_number(std::string_view name) const {
        return static_cast<std::uint32_t>(number(name));
    }

private:
    std::map<std::string, std::vector<std::string>, std::less<>> values_;
};

/// A command. What it returns is reported, and becomes the exit status, by `report`.
struct command {
    std::string name;                   ///< one word or two, as `draft list`
    std::string summary;                ///< one line
    std::vector<parameter> parameters;  ///< those without dashes in their order
    std::vector<std::string> examples;  ///< whole command lines
    std::function<result<void>(const arguments&)> run;
    std::string details{};  ///< more, for its help; lines that end
};

using commands = std::vector<command>;

}  // namespace tool

#endif
