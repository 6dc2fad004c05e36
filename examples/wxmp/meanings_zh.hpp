// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
// What return codes mean, in Chinese, for `wxmp explain`: those that the headers of the calls name.
#ifndef WXMP_EXAMPLES_WXMP_MEANINGS_ZH_HPP
#define WXMP_EXAMPLES_WXMP_MEANINGS_ZH_HPP

#include <wxmp/error/catalogue.hpp>

#include <string_view>

namespace tool {

struct meaning_zh {
    int code;
    std::string_view text;
};

inline constexpr meaning_zh meanings_zh[] = {
    {-1, "系统繁忙，请稍后再试"},
    {0, "成功"},
    {40001, "access_token 不正确或已被新的取代；获取 token 时：AppSecret 错误"},
    {40002, "grant_type 不正确"},
    {40003, "OpenID 不属于该公众号"},
    {40004, "媒体类型不正确"},
    {40005, "上传的文件类型不正确"},
    {40006, "上传的文件大小不正确"},
    {40007, "media_id 不正确、已过期或已删除"},
    {40008, "消息类型不正确"},
    {40009, "图片超过大小限制"},
    {40010, "语音超过大小限制"},
    {40011, "视频超过大小限制"},
    {40012, "缩略图超过大小限制"},
    {40013, "AppID 不正确"},
    {40014, "access_token 不合法"},
    {40035, "参数不正确"},
    {40060, "文章序号不正确"},
    {40062, "标题长度不正确"},
    {40065, "消息状态不允许此操作"},
    {40097, "参数不正确"},
    {40114, "index 超出范围"},
    {40125, "AppSecret 不正确"},
    {40164, "调用的 IP 不在白名单中"},
    {40218, "视频 ID 不正确"},
    {40243, "AppSecret 已被冻结"},
    {41001, "缺少 access_token"},
    {41002, "缺少 appid"},
    {41005, "缺少多媒体文件数据"},
    {41026, "缺少图片列表"},
    {42001, "access_token 已过期"},
    {42007, "用户修改了密码，需要重新授权"},
    {43002, "需要用 POST 请求"},
    {44001, "多媒体文件为空"},
    {44002, "POST 的数据为空"},
    {44003, "图文消息内容为空"},
    {44004, "正文为空"},
    {45001, "多媒体文件超过大小限制"},
    {45002, "正文超过长度限制"},
    {45003, "标题超过长度限制"},
    {45004, "摘要超过长度限制"},
    {45007, "播放时间超过限制"},
    {45008, "文章数量超过限制"},
    {45009, "接口调用次数达到当日上限"},
    {45011, "接口调用太频繁，请下一分钟再试"},
    {45020, "图片过多"},
    {45028, "没有群发次数了"},
    {45034, "素材数量达到上限"},
    {45060, "素材正被自动回复或菜单使用，不能删除"},
    {45076, "count 不正确"},
    {45106, "该接口已停用"},
    {47001, "数据格式不正确"},
    {48001, "该公众号没有此接口的权限"},
    {48005, "素材正被自动回复或菜单使用，不能删除"},
    {48006, "本月清零次数已用完"},
    {48010, "该素材不可修改"},
    {48014, "视频尚未通过审核"},
    {50001, "用户未授权该接口"},
    {50002, "用户受限，可能是违规后接口被封禁"},
    {53500, "发布功能被封禁"},
    {53501, "发布太频繁"},
    {53502, "publish_id 不存在"},
    {53503, "草稿未通过发布检查"},
    {53504, "草稿需到公众平台官网处理"},
    {53505, "草稿需到公众平台官网手动保存后再发布"},
    {53600, "article_id 不存在"},
    {61024, "第三方平台须用 component_access_token 获取 token"},
    {76003, "rid 属于其他公众号"},
    {76021, "cgi_path 不存在"},
    {76022, "token 类型与所查接口不符"},
    {87009, "该回复不存在"},
    {88000, "没有留言权限"},
    {88001, "该图文不存在"},
    {88002, "文章存在敏感信息，受限"},
    {88003, "精选留言数已达上限"},
    {88004, "留言已被作者删除，不能精选"},
    {88005, "已经回复过"},
    {88007, "回复为空或超过长度限制"},
    {88008, "该留言不存在"},
    {88009, "该回复不存在"},
    {88010, "获取留言的数量不正确"},
    {88011, "文章存在安全问题，受限"},
};

/// What a code is about, in Chinese.
constexpr std::string_view name_zh(wxmp::error_group g) {
    using enum wxmp::error_group;
    switch (g) {
    case comment: return "留言";
    case content: return "内容";
    case media: return "素材";
    case other: return "其他";
    case parameter: return "参数";
    case permission: return "权限";
    case publish: return "发布";
    case quota: return "频率与额度";
    case system: return "系统";
    case token: return "凭证";
    }
    return {};
}

/// What a code means, or at least what it is about.
constexpr std::string_view find_meaning_zh(const wxmp::known_error& e) {
    for (const auto& m : meanings_zh)
        if (m.code == e.code) return m.text;
    return name_zh(e.group);
}

}  // namespace tool

#endif
