// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// What was sent of the articles of a folder, so that another run goes on from there and sends nothing twice.
#ifndef WXMP_EXAMPLES_WXMP_PUBLISH_RECORD_HPP
#define WXMP_EXAMPLES_WXMP_PUBLISH_RECORD_HPP

#include <wxmp/data/fields.hpp>
#include <wxmp/data/sha1_digest.hpp>

#include <boost/describe/class.hpp>

#include "command.hpp"
#include "file_lock.hpp"
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tool {

class session;

/// A file that the service has, or may have.
struct kept_upload {
    wxmp::sha1_digest sha1{};  ///< of its bytes
    std::string filename{};    ///< as it was sent
    std::optional<std::string> url{};
    std::optional<std::string> media_id{};
    std::optional<std::string> vid{};
    std::optional<std::chrono::sys_seconds> unanswered_since{};  ///< add_material was sent
};
BOOST_DESCRIBE_STRUCT(kept_upload, (), (sha1, filename, url, media_id, vid, unanswered_since))

/// By what an article of a list is recognized. The service changes the HTML of its content.
struct kept_article {
    std::string title{};
    wxmp::sha1_digest text{};  ///< see @ref text_digest
};
BOOST_DESCRIBE_STRUCT(kept_article, (), (title, text))

/// A request that is not safe to repeat, written down before it is sent, until there is its answer.
enum class unanswered_request : std::uint8_t { none, draft_add, freepublish_submit };

/// One draft, and what became of it.
struct kept_publication {
    std::vector<std::string> files{};            ///< of its articles, as seen from the record's folder
    bool unfinished{};                           ///< a run ended before it had made what it was to make
    std::optional<wxmp::sha1_digest> content{};  ///< of the articles in the draft; nothing: it is not known
    std::vector<kept_article> articles{};        ///< the same, to be recognized
    unanswered_request unanswered{};             ///< what was sent last
    std::optional<std::chrono::sys_seconds> sent{};  ///< when that was
    std::optional<std::string> media_id{};           ///< of the draft
    std::optional<std::string> publish_id{};         ///< once it is submitted
    std::optional<std::uint64_t> msg_data_id{};
    std::optional<std::string> article_id{};  ///< once it is published
    std::vector<std::string> urls{};
    std::vector<std::string> former{};  ///< ids of earlier drafts and publications of these files
};
BOOST_DESCRIBE_STRUCT(kept_publication, (),
                      (files, unfinished, content, articles, unanswered, sent, media_id, publish_id,
                       msg_data_id, article_id, urls, former))

struct kept_account {
    std::string appid{};
    std::string server{};
    std::vector<kept_upload> uploads{};
    std::vector<kept_publication> publications{};
};
BOOST_DESCRIBE_STRUCT(kept_account, (), (appid, server, uploads, publications))

struct kept_accounts {
    wxmp::constant<"wxmp publish"> format{};
    std::uint32_t version = 1;
    std::vector<kept_account> accounts{};
};
BOOST_DESCRIBE_STRUCT(kept_accounts, (), (format, version, accounts))

/// The record, and the lock on it.
class publish_record {
public:
    /// Reads a record, or begins one. Of other accounts nothing is used, and all is kept.
    static result<publish_record> open(std::filesystem::path file, const session& s);

    /// Writes it. What is there is whole at any time, and on the disk when this returns.
    result<void> save() const;

    /// What the service has of a file, by its digest; added where there is none.
    kept_upload& upload_of(const wxmp::sha1_digest& sha1);

    /// What it calls these files: the same wherever the folder is moved to, with all in it.
    result<std::vector<std::string>> names_of(const std::vector<std::filesystem::path>& files) const;

    /// The publication of the files of these names; added where there is none.
    kept_publication& publication_of(const std::vector<std::string>& names);

    /// That of a draft; null: there is none.
    kept_publication* find_draft(std::string_view media_id);

    /// Whether a draft, a publication or a material is that of something else that the record knows.
    bool knows(std::string_view id) const;

    const std::filesystem::path& file() const noexcept { return file_; }

private:
    publish_record(std::filesystem::path file, bool is_dry) : file_(std::move(file)), is_dry_(is_dry) {}

    result<void> read();
    void choose(const std::string& appid, const std::string& server);
    kept_account& account() { return all_.accounts[mine_]; }

    std::filesystem::path file_;
    bool is_dry_;
    std::optional<file_lock> lock_{};
    kept_accounts all_{};
    std::size_t mine_{};
};

/// Where the record of an article is, if no option says otherwise.
std::filesystem::path default_record_of(const std::filesystem::path& article);

}  // namespace tool

namespace wxmp::inline v0_1 {

template <> struct wire_texts<tool::unanswered_request> {
    static constexpr wire_text<tool::unanswered_request> table[] = {
        {tool::unanswered_request::none, "none"},
        {tool::unanswered_request::draft_add, "draft/add"},
        {tool::unanswered_request::freepublish_submit, "freepublish/submit"},
    };
};

}  // namespace wxmp::inline v0_1

#endif
