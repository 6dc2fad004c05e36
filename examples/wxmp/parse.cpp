// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#include "parse.hpp"

#include <wxmp/data/limits.hpp>
#include <wxmp/version.hpp>

#include "chinese.hpp"
#include "language.hpp"
#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <map>
#include <memory>
#include <string>
#include <utility>

namespace tool {

namespace {

std::string about_the_tool() {
    return tr("Publishes to WeChat Official Accounts, and looks after what is there.\n"
              "\n"
              "The account is named by WXMP_APPID and WXMP_SECRET, or by `appid = …` and `secret = …` in\n"
              "~/.config/wxmp/config ($WXMP_CONFIG), which nobody else may be able to read. WXMP_SERVER, or "
              "`server = "
              "…`,\n"
              "is the address of another service, as of `wxmp simulator`. An option comes before the "
              "environment, and\n"
              "that before the file; there is none for the secret, as others see the options of a running "
              "program.");
}

// Of the first word of the commands that have two.
const std::map<std::string_view, std::string_view> group_summaries = {
    {"comment", tr_noop("What readers wrote about an article")},
    {"draft", tr_noop("Articles that are not published yet")},
    {"freepublish", tr_noop("Publications")},
    {"material", tr_noop("Pictures, voices and videos that the account keeps")},
};

CLI::Validator whole_number(std::uint64_t least, std::uint64_t most) {
    return {[least, most](const std::string& text) {
                std::uint64_t n{};
                const auto end = text.data() + text.size();
                const auto [stop, fault] = std::from_chars(text.data(), end, n);
                if (fault == std::errc() && stop == end && n >= least && n <= most) return std::string();
                return tr("\"{}\" is not a whole number from {} to {}", text, least, most);
            },
            ""};
}

CLI::Validator not_empty() {
    return {[](const std::string& text) { return text.empty() ? tr("is empty") : std::string(); }, ""};
}

std::size_t columns_of(std::string_view text) {
    auto columns = wxmp::count_characters(text);
    for (std::size_t i = 0; i != text.size(); ++i) columns += is_of_wide_script(text.substr(i)) ? 1 : 0;
    return columns;
}

// CLI11 itself counts bytes.
class help_formatter : public CLI::Formatter {
public:
    std::string make_option(const CLI::Option* option, bool is_positional) const override {
        auto line = "  " + make_option_name(option, is_positional) + make_option_opts(option);
        auto columns = columns_of(line);
        if (columns >= column_width_) {
            line += '\n';
            columns = 0;
        }
        return line + std::string(column_width_ - columns, ' ') + make_option_desc(option) + '\n';
    }
};

// What CLI11 writes to. It must not move once a command is added.
class parser {
public:
    parser() : app_(about_the_tool(), "wxmp") {
        app_.formatter(std::make_shared<help_formatter>());
        for (const auto word : {"Usage", "OPTIONS", "SUBCOMMAND", "SUBCOMMANDS", "Positionals", "REQUIRED"})
            app_.get_formatter()->label(word, translated(word));
        app_.option_defaults()->group(tr("Options"));
        app_.set_version_flag("--version", "wxmp " WXMP_VERSION_STRING, tr("tell its version"));
        app_.set_help_flag("--help,-h", tr("tell how to use it"));
        app_.require_subcommand(1);
        app_.footer(tr("`wxmp COMMAND --help` tells more, with examples.") + "\n\n" + exit_statuses());
    }

    void add(const command& c) {
        auto& sub = add_to(parent_of(c.name), c.name.substr(c.name.find(' ') + 1), c.summary);
        auto footer = c.details + (c.details.empty() ? "" : "\n") + tr("Examples:") + '\n';
        for (const auto& e : c.examples) footer += "  " + e + '\n';
        sub.footer(footer + '\n' + exit_statuses());
        auto& values = values_[&c];
        for (const auto& p : c.parameters) add(sub, p, values);
        apps_.emplace_back(&c, &sub);
    }

    parsed run(int argc, char** argv) {
        try {
            app_.parse(argc, argv);
        } catch (const CLI::Success& e) {  // --help and --version
            return app_.exit(e), std::fflush(stdout), parsed{};
        } catch (const CLI::ParseError& e) {
            const auto odd = app_.remaining(true);
            report(wrong_usage(odd.empty() ? translated(e.what()) : tr("not understood: {}", odd.front())));
            std::fprintf(stderr, "      %s\n", tr("Try: {} --help", name_of_chosen()).c_str());
            return {nullptr, {}, exit_status::usage};
        }
        for (const auto& [c, sub] : apps_)
            if (sub->parsed()) return {c, given(*c, *sub), exit_status::ok};
        return {nullptr, {}, exit_status::usage};
    }

private:
    static CLI::App& add_to(CLI::App& parent, const std::string& name, const std::string& summary) {
        auto& sub = *parent.add_subcommand(name, summary)->group(tr("Subcommands"));
        sub.get_help_ptr()->group(tr("Options"));  // the parent's default does not reach it
        return sub;
    }

    CLI::App& parent_of(const std::string& name) {
        const auto space = name.find(' ');
        if (space == name.npos) return app_;
        auto& group = groups_[name.substr(0, space)];
        if (!group)
            group = &add_to(app_, name.substr(0, space), tr(group_summaries.at(name.substr(0, space))));
        return *group->require_subcommand(1);
    }

    static void add(CLI::App& sub, const parameter& p,
                    std::map<std::string, std::vector<std::string>>& values) {
        if (p.is == parameter::type::flag) {
            sub.add_flag(p.name, p.help);
            return;
        }
        auto* option = sub.add_option(p.name, values[p.name], p.help);
        option->type_name(p.is_option() && p.choices.empty() ? p.value : "")->required(p.required);
        // Where more may follow, CLI11 takes [a,b] for a list.
        if (p.is_option() || !p.repeats) option->allow_extra_args(false);
        if (!p.repeats) option->expected(1)->multi_option_policy(CLI::MultiOptionPolicy::Throw);
        if (p.is == parameter::type::number) option->check(whole_number(p.least, p.most));
        if (!p.choices.empty()) option->check(CLI::IsMember(p.choices));
        option->check(not_empty());
    }

    arguments given(const command& c, const CLI::App& sub) const {
        arguments a;
        const auto& values = values_.at(&c);
        for (const auto& p : c.parameters)
            if (sub.count(p.name) != 0)
                a.set(p.name,
                      p.is == parameter::type::flag ? std::vector<std::string>(1) : values.at(p.name));
        return a;
    }

    std::string name_of_chosen() const {
        std::string name = "wxmp";
        for (const auto* at = &app_; !at->get_subcommands().empty();) {
            at = at->get_subcommands().front();
            name += ' ' + at->get_name();
        }
        return name;
    }

    CLI::App app_;
    std::map<std::string, CLI::App*> groups_;
    std::map<const command*, std::map<std::string, std::vector<std::string>>> values_;
    std::vector<std::pair<const command*, CLI::App*>> apps_;
};

}  // namespace

parsed parse(const commands& all, int argc, char** argv) {
    parser p;
    for (const auto& c : all) p.add(c);
    return p.run(argc, argv);
}

}  // namespace tool
