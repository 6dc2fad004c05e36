// Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
#ifndef WXMP_ERROR_DETAIL_SOURCE_MESSAGES_ZH_HPP
#define WXMP_ERROR_DETAIL_SOURCE_MESSAGES_ZH_HPP

#include <wxmp/error/errc.hpp>

// Compiled in one translation unit of a program, through wxmp/src.hpp.
namespace wxmp::inline v0_1::detail::source {

constexpr const char* describe_zh(errc e) noexcept {
    switch (e) {
    case errc::bad_json: return "不是 JSON";
    case errc::too_deep: return "JSON 嵌套过深";
    case errc::too_large: return "响应过大";
    case errc::missing_member: return "缺少必需的字段";
    case errc::wrong_type: return "字段类型不正确";
    case errc::out_of_range: return "数值超出范围";
    case errc::invalid_utf8: return "文本不是 UTF-8";
    case errc::forbidden_character: return "含有不允许的字符";
    case errc::limit_exceeded: return "超出接口的限制";
    case errc::bad_multipart: return "multipart 请求体格式错误";
    case errc::bad_query: return "查询参数格式错误";
    case errc::unknown_call: return "未知的接口";
    case errc::http_status: return "意外的 HTTP 状态码";
    case errc::connect_failed: return "无法连接";
    case errc::connection_lost: return "连接中断";
    case errc::timeout: return "请求超时";
    case errc::cancelled: return "已取消";
    case errc::source_failed: return "数据源的字节数不足";
    case errc::source_changed: return "数据源已被改动";
    case errc::already_submitted: return "文章已提交，不可再改";
    case errc::not_passed: return "未通过";
    case errc::outcome_unknown: return "结果未知";
    case errc::unexpected_event: return "当前状态不接受此事件";
    case errc::no_timer: return "传输层没有定时器";
    case errc::bad_record: return "记录不属于此处或已损坏";
    case errc::store_failed: return "凭证存储不可用";
    case errc::stale_connection: return "保持的连接已被关闭";
    case errc::deadline_exceeded: return "超过截止时间";
    case errc::exception_thrown: return "调用方的函数抛出异常";
    case errc::no_progress: return "列表没有进展";
    }
    return "未知的 wxmp 错误";
}

}  // namespace wxmp::inline v0_1::detail::source

#endif
