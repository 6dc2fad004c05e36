// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#include <wxmp/data/html.hpp>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

BOOST_AUTO_TEST_SUITE(data_html)

namespace {

namespace html = wxmp::html;

// What a browser makes of the entities that `escape` writes.
std::string unescape(std::string text) {
    struct entity {
        std::string_view name;
        char c;
    };
    constexpr entity all[] = {{"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&#39;", '\''}, {"&amp;", '&'}};
    for (const auto& e : all)
        for (std::size_t at = 0; (at = text.find(e.name, at)) != text.npos; ++at)
            text.replace(at, e.name.size(), 1, e.c);
    return text;
}

BOOST_AUTO_TEST_CASE(every_byte_comes_back) {
    std::string all;
    for (int c = 0; c != 256; ++c) all += static_cast<char>(c);
    const auto text = html::escape(all + "&lt;&amp;amp;");
    BOOST_TEST(text.find_first_of("<>\"'") == text.npos);
    BOOST_TEST(unescape(text) == all + "&lt;&amp;amp;");
}

BOOST_AUTO_TEST_CASE(only_five_characters_change) {
    BOOST_TEST(html::escape("").empty());
    BOOST_TEST(html::escape("<a href=\"x\">'&'</a>") ==
               "&lt;a href=&quot;x&quot;&gt;&#39;&amp;&#39;&lt;/a&gt;");
    BOOST_TEST(html::escape("&amp;") == "&amp;amp;");
    BOOST_TEST(html::escape("中文 — \xf0\x9f\x98\x80\n") == "中文 — \xf0\x9f\x98\x80\n");
}

// As the document's samples have it, but that `&` in an attribute is escaped, which means the same.
BOOST_AUTO_TEST_CASE(a_video_as_documented) {
    const std::string documented =
        "<iframe class=\"video_iframe rich_pages\" data-vidtype=\"2\" data-mpvid=\"wxv_1084581467361148928\" "
        "allowfullscreen=\"\" "
        "frameborder=\"0\" "
        "data-src=\"https://mp.weixin.qq.com/mp/readtemplate?t=pages/video_player_tmpl&action=mpvideo&auto=0"
        "&mpvid=wxv_1084581467361148928\"></iframe>";
    const auto ours = html::video("wxv_1084581467361148928");
    BOOST_TEST(unescape(ours) == documented);
    BOOST_TEST(ours.find("tmpl&amp;action=mpvideo&amp;auto=0&amp;mpvid=wxv_") != ours.npos);
}

BOOST_AUTO_TEST_CASE(links_to_a_mini_program_as_documented) {
    std::string path = "pages/index";
    const html::mini_program_page page{"wx123123123", path};
    path.assign(path.size(), '#');  // the page has its own copy
    BOOST_TEST(html::mini_program_text(page, "点击文字跳转小程序") ==
               "<p><a data-miniprogram-appid=\"wx123123123\" data-miniprogram-path=\"pages/index\" "
               "href=\"\">点击文字跳转小程序</a></p>");
    BOOST_TEST(html::mini_program_image(page, "http://mmbiz.qpic.cn/demo.jpg") ==
               "<p><a data-miniprogram-appid=\"wx123123123\" data-miniprogram-path=\"pages/index\" href=\"\">"
               "<img src=\"http://mmbiz.qpic.cn/demo.jpg\"></a></p>");
}

// The sample says `data-progarm-imageurl`, its own table `data-miniprogram-imageurl`.
BOOST_AUTO_TEST_CASE(a_card_as_documented_but_for_one_misspelling) {
    BOOST_TEST(
        html::mini_program_card({"wx123123123", "pages/index/index"}, "小程序示例",
                                "http://mmbizqbic.cn/demo.jpg") ==
        "<mp-miniprogram data-miniprogram-appid=\"wx123123123\" data-miniprogram-path=\"pages/index/index\" "
        "data-miniprogram-title=\"小程序示例\" data-miniprogram-imageurl=\"http://mmbizqbic.cn/demo.jpg\">"
        "</mp-miniprogram>");
}

BOOST_AUTO_TEST_CASE(paragraphs_and_pictures) {
    BOOST_TEST(html::paragraph("1 < 2") == "<p>1 &lt; 2</p>");
    BOOST_TEST(html::image("http://x/?a=1&b=2") == "<p><img src=\"http://x/?a=1&amp;b=2\"></p>");
}

// Whatever the arguments are, the tags are those of harmless arguments.
BOOST_AUTO_TEST_CASE(no_argument_opens_a_tag_or_leaves_its_attribute) {
    const std::string evil = "x\" onload='alert(1)'><script>&";
    const auto marks = [](std::string_view text) {
        std::string out;
        std::copy_if(text.begin(), text.end(), std::back_inserter(out),
                     [](char c) { return c == '<' || c == '>' || c == '"'; });
        return out;
    };
    const auto all = [&](const std::string& s) {
        return std::vector<std::string>{html::paragraph(s),
                                        html::image(s),
                                        html::video(s),
                                        html::mini_program_card({s, s}, s, s),
                                        html::mini_program_text({s, s}, s),
                                        html::mini_program_image({s, s}, s)};
    };
    const auto attacked = all(evil);
    const auto harmless = all("x");
    for (std::size_t i = 0; i != attacked.size(); ++i) {
        BOOST_TEST(marks(attacked[i]) == marks(harmless[i]));
        BOOST_TEST(attacked[i].find("'") == attacked[i].npos);
    }
}

}  // namespace

BOOST_AUTO_TEST_SUITE_END()
