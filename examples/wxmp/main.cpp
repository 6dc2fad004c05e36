// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// wxmp: publishes to WeChat Official Accounts from the command line, and looks after what is there.
//
// A command is a value (command.hpp). Each family of them has a file: publish, news, comment, material,
// account, simulator. CLI11 is in parse.cpp only, libcurl in session.cpp and fetch.cpp only.
//
// publish.cpp reads articles (article_draft), and a draft_keeper has them stored and published, once: by an
// asset_uploader, the publish_record of what was sent, and outcomes, which asks what came of requests whose
// answers were lost.
//
// What becomes of an article before any file is looked at begins in article_parser.hpp: front_matter, with meta_node
// (libyaml, toml++), markdown (cmark-gfm), html_tree (gumbo), html_policy, theme, highlight and html_writer are its parts. Its
// files are those of assets.hpp: asset_examiner, file_kind, shrink and pixels (libjpeg-turbo, libpng), fetch and
// public_address. What its texts may be is in article_limits.hpp.
//
// What is said to people is said by language.hpp, in the language of the user; texts_zh.cpp has it in Chinese.
#include "completion.hpp"
#include "families.hpp"
#include "language.hpp"
#include "parse.hpp"
#include <csignal>
#include <cstdio>
#include <exception>

namespace {

using namespace tool;

commands all_commands() {
    commands all{init_command(), doctor_command()};
    for (auto& family : {publish_commands(), news_commands(), comment_commands(), material_commands(),
                         account_commands(), simulator_commands()})
        all.insert(all.end(), family.begin(), family.end());
    all.push_back({"completion",
                   tr("Print a script that completes command lines of this tool"),
                   {required(choice("SHELL", {"bash", "zsh"}, tr("bash or zsh")))},
                   {"source <(wxmp completion bash)", "wxmp completion zsh > ~/.zfunc/_wxmp"},
                   {}});
    all.back().run = [all](const arguments& a) -> result<void> {
        std::fputs(completion::script(all, a.text("SHELL")).c_str(), stdout);
        return {};
    };
    return all;
}

exit_status run(int argc, char** argv) {
    const auto all = all_commands();
    const auto given = parse(all, argc, argv);
    if (!given.chosen) return given.status;
    auto done = given.chosen->run(given.values);
    if (done && (std::fflush(stdout) != 0 || std::ferror(stdout) != 0))
        done = local_fault(tr("cannot write the output"));
    return done ? exit_status::ok : report(done.error());
}

}  // namespace

int main(int argc, char** argv) {
    std::signal(SIGPIPE, SIG_IGN);  // OpenSSL raises it when the peer is gone
    try {
        return static_cast<int>(run(argc, argv));
    } catch (const std::exception& e) {  // no memory, or no thread
        return static_cast<int>(report(local_fault(e.what())));
    } catch (...) {
        return static_cast<int>(report(local_fault(tr("something was thrown that is no exception"))));
    }
}
