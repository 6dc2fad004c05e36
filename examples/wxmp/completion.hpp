// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// Shell scripts that complete the tool's command lines, made from its table of commands.
#ifndef WXMP_EXAMPLES_WXMP_COMPLETION_HPP
#define WXMP_EXAMPLES_WXMP_COMPLETION_HPP

#include "command.hpp"
#include "language.hpp"
#include <set>
#include <string>
#include <string_view>

namespace tool::completion {

inline std::string joined(const std::vector<std::string>& words) {
    std::string all;
    for (const auto& w : words) all += (all.empty() ? "" : " ") + w;
    return all;
}

// What may follow the first words of a line, where these are not a whole command.
inline std::string first_words(const commands& all, const std::string& group) {
    std::set<std::string> words;
    for (const auto& c : all)
        if (group.empty()) words.insert(c.name.substr(0, c.name.find(' ')));
        else if (c.name.starts_with(group + ' ')) words.insert(c.name.substr(group.size() + 1));
    return joined({words.begin(), words.end()});
}

// The options of a command, and after which word there are choices.
inline std::string of_command(const command& c) {
    std::vector<std::string> options{"--help"};
    std::string values;
    for (const auto& p : c.parameters) {
        if (p.is_option()) options.push_back(p.name);
        const auto after = p.is_option() ? p.name : c.name.substr(c.name.rfind(' ') + 1);
        if (!p.choices.empty())
            values += "                " + after + ") words='" + joined(p.choices) + "' ;;\n";
    }
    return "        '" + c.name + "'|'" + c.name + " '*)\n            [[ $cur == -* ]] && words='" +
           joined(options) + "'\n" +
           (values.empty() ? "" : "            case $prev in\n" + values + "            esac\n") +
           "            ;;\n";
}

inline std::string bash(const commands& all) {
    std::string cases = "        '') words='" + first_words(all, "") + "' ;;\n";
    std::set<std::string> groups;
    for (const auto& c : all)
        if (const auto space = c.name.find(' '); space != c.name.npos) groups.insert(c.name.substr(0, space));
    for (const auto& g : groups) cases += "        " + g + ") words='" + first_words(all, g) + "' ;;\n";
    for (const auto& c : all) cases += of_command(c);
    return tr("# Completes wxmp in bash: source it, or put it into "
              "~/.local/share/bash-completion/completions/wxmp.") +
           "\n_wxmp() {\n"
           "    local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} words=''\n"
           "    local before=\"${COMP_WORDS[*]:1:$((COMP_CWORD-1))}\"\n"
           "    case $before in\n" +
           cases +
           "    esac\n"
           "    COMPREPLY=($(compgen -W \"$words\" -- \"$cur\"))\n"
           "}\n"
           "complete -o default -F _wxmp wxmp\n";
}

/// Completes options, choices, and else files.
inline std::string script(const commands& all, std::string_view shell) {
    return shell == "zsh" ? "#compdef wxmp\nautoload -U +X bashcompinit && bashcompinit\n" + bash(all)
                          : bash(all);
}

}  // namespace tool::completion

#endif
