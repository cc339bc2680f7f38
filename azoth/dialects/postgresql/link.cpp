// SPDX-License-Identifier: MIT
#include <azoth/dialects/postgresql/errors_internal.hpp>
#include <azoth/dialects/postgresql/link_internal.hpp>

#include <unistd.h>

#include <cstdlib>
#include <utility>

namespace azoth::inline v0::postgresql {

using driver::Deadline;
using driver::Readiness;

namespace {

Deadline deadline_in(std::chrono::milliseconds timeout) {
    return timeout.count() > 0 ? std::chrono::steady_clock::now() + timeout : driver::no_deadline;
}

/// The option connect_timeout as libpq made it out of parameters, service file and environment:
/// it is left to the program to obey it where the program waits itself.
std::chrono::milliseconds configured_timeout(PGconn* handle) {
    using Options = std::unique_ptr<PQconninfoOption, decltype(&PQconninfoFree)>;
    const Options options(PQconninfo(handle), &PQconninfoFree);
    for (const PQconninfoOption* option = options.get(); option && option->keyword; ++option)
        if (std::string_view(option->keyword) == "connect_timeout" && option->val)
            return std::chrono::seconds(std::strtol(option->val, nullptr, 10));
    return {};
}

}  // namespace

bool Link::open(const char* const* keywords, const char* const* values,
                std::optional<std::chrono::milliseconds> timeout) {
    constexpr int expand_dbname = 0;  // a database's name is never read as a connection string
    handle_ = PQconnectStartParams(keywords, values, expand_dbname);
    if (!handle_) {
        give_up("out of memory");
        return false;
    }
    PQsetNoticeReceiver(
        handle_,
        [](void* self, const PGresult* notice) { static_cast<Link*>(self)->take_notice(notice); },
        this);
    if (!handshake(deadline_in(timeout ? *timeout : configured_timeout(handle_)))) return false;
    if (PQsetnonblocking(handle_, 1) != 0) {
        give_up(PQerrorMessage(handle_));
        return false;
    }
    utf8_ = PQclientEncoding(handle_);
    encrypted_ = PQsslInUse(handle_) || PQgssEncInUse(handle_);
    return true;
}

bool Link::handshake(Deadline deadline) {
    Readiness wanted = Readiness::write;  // as libpq says of a connection just begun
    while (PQstatus(handle_) != CONNECTION_BAD) {
        if (wait(wanted, deadline) == Readiness::none) {
            give_up(std::string("connection to server at \"") + PQhost(handle_) + "\", port " +
                    PQport(handle_) + " failed: it did not answer within the connect timeout");
            return false;
        }
        switch (PQconnectPoll(handle_)) {
            case PGRES_POLLING_OK: return true;
            case PGRES_POLLING_READING: wanted = Readiness::read; break;
            case PGRES_POLLING_WRITING: wanted = Readiness::write; break;
            default: return false;
        }
    }
    return false;
}

void Link::close() noexcept {
    PQfinish(std::exchange(handle_, nullptr));
}

void Link::abandon() noexcept {
    // PQfinish would say good-bye in the parent's name. What libpq allocated stays allocated: to
    // free it is PQfinish's business alone.
    if (handle_) ::close(PQsocket(handle_));
    handle_ = nullptr;
}

void Link::give_up(std::string_view why) {
    if (!lost_) last_words_.message = trimmed(why);
    lost_ = true;
}

void Link::give_up(const PGresult* last_words) {
    constexpr bool hide_values = true;
    if (!lost_) last_words_ = failure_of(last_words, hide_values).fault;
    lost_ = true;
}

DriverFault Link::fault() const {
    DriverFault fault = last_words_;
    if (!lost_) fault.message = trimmed(PQerrorMessage(handle_));
    if (is_lost()) fault.poisoned = Poisoned::connection;
    return fault;
}

Readiness Link::wait(Readiness wanted, Deadline deadline) {
    try {
        return waiter_.wait(PQsocket(handle_), wanted, deadline);
    } catch (...) {
        give_up("the wait for the server was broken off, with its answer outstanding");
        throw;
    }
}

void Link::flush() {
    while (PQflush(handle_) > 0) {
        const Readiness ready = wait(Readiness::read_or_write, driver::no_deadline);
        // The server may be unable to take more before it has got rid of its answers.
        if (ready != Readiness::write && !PQconsumeInput(handle_)) return;
    }
    // A failed write is reported by receive(), which may find out more: the server's last words.
}

Deadline Link::input_deadline() const {
    // The TLS library may hold bytes that it has decrypted already: then the socket stays silent
    // although there is something to read. libpq doesn't say, so the wait is cut short.
    constexpr std::chrono::milliseconds patience{100};
    return encrypted_ ? deadline_in(patience) : driver::no_deadline;
}

ResultPtr Link::receive() {
    while (PQisBusy(handle_)) {
        // Under TLS the next bytes may be here already: see input_deadline.
        if (encrypted_ && (!PQconsumeInput(handle_) || !PQisBusy(handle_))) break;
        static_cast<void>(wait(Readiness::read, input_deadline()));
        if (!PQconsumeInput(handle_)) break;
    }
    if (PQstatus(handle_) != CONNECTION_OK) return last_result();
    ResultPtr result(PQgetResult(handle_));
    if (result) heed(result.get());
    return result;
}

void Link::heed(const PGresult* result) {
    if (is_error(result) && ends_connection(result)) give_up(result);
}

ResultPtr Link::last_result() {
    // PQgetResult has the server's last words, or else it complains of the consequences: what
    // happened is said before.
    const std::string broken = trimmed(PQerrorMessage(handle_));
    ResultPtr result(PQgetResult(handle_));
    if (result && ends_connection(result.get())) give_up(result.get());
    if (!result || error_field(result.get(), PG_DIAG_SQLSTATE).empty()) {
        give_up(broken);
        return nullptr;
    }
    return result;
}

void Link::skip_copy_data() {
    constexpr int without_blocking = 1;
    for (;;) {
        char* row = nullptr;
        const int size = PQgetCopyData(handle_, &row, without_blocking);
        PQfreemem(row);
        if (size < 0) return;  // the end, or an error that the next result tells
        if (size > 0) continue;
        static_cast<void>(wait(Readiness::read, input_deadline()));
        if (!PQconsumeInput(handle_)) return;
    }
}

void Link::look() {
    if (!PQconsumeInput(handle_)) {
        give_up(PQerrorMessage(handle_));
        return;
    }
    static_cast<void>(PQisBusy(handle_));  // it reads what came: notices and parameter changes
}

void Link::take_notice(const PGresult* notice) noexcept {
    if (ends_connection(notice)) give_up(notice);
    if (on_notice_ && !muted_) on_notice_(trimmed(PQresultErrorMessage(notice)));
}

}  // namespace azoth::inline v0::postgresql
