// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/base/error.hpp>
#include <azoth/dialects/postgresql/result_internal.hpp>
#include <azoth/driver/waiter.hpp>

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace azoth::inline v0::postgresql {

/// What the server says without being asked: notices and warnings. It must not throw.
using NoticeHandler = std::function<void(std::string_view)>;

/// libpq's connection and the waiting for its socket. One thread at a time.
///
/// libpq itself never blocks here: everything is sent and received without blocking, and every wait
/// goes through the Waiter. Whatever goes wrong below ends with `is_lost()`.
class Link {
  public:
    Link(driver::Waiter& waiter, NoticeHandler on_notice)
        : waiter_(waiter),
          polls_(&waiter == &driver::polling_waiter()),
          on_notice_(std::move(on_notice)) {}
    Link(const Link&) = delete;
    Link& operator=(const Link&) = delete;
    /// Says good-bye to the server.
    ~Link() { close(); }

    /// Connects with one host's parameters, two arrays of equal length that end with null; waits at
    /// most `timeout`, or as long as the parameter connect_timeout says.
    /// \returns false with `fault()`.
    [[nodiscard]] bool open(const char* const* keywords, const char* const* values,
                            std::optional<std::chrono::milliseconds> timeout);
    void close() noexcept;
    /// In a forked child: closes the descriptor, and sends nothing.
    void abandon() noexcept;

    [[nodiscard]] PGconn* handle() const noexcept { return handle_; }
    /// True where the connection is of no further use.
    [[nodiscard]] bool is_lost() const noexcept {
        return lost_ || PQstatus(handle_) != CONNECTION_OK;
    }
    /// True where nothing may be sent or awaited any more, though libpq may see no fault.
    [[nodiscard]] bool is_given_up() const noexcept { return lost_; }
    /// Gives the connection up, for a reason of the driver's or with the server's last words; only
    /// the first time counts.
    void give_up(std::string_view why);
    void give_up(const PGresult* last_words);
    /// Why the connection is lost or could not be made.
    [[nodiscard]] DriverFault fault() const;

    /// Hands everything that was sent to the socket, and receives meanwhile, so that neither side
    /// can block the other.
    void flush();
    /// The next result of the running command; null at its end, and where the connection is lost
    /// without a word of the server.
    [[nodiscard]] ResultPtr receive();
    /// The same for one of many rows, as fast as can be. What isn't a row goes through `heed`.
    [[nodiscard]] ResultPtr receive_row() {
        // libpq's own wait polls just as the polling waiter does, and saves to ask before each row
        // whether there is something to wait for.
        return polls_ ? ResultPtr(PQgetResult(handle_)) : receive();
    }
    /// Notices where a result says that the connection has ended.
    void heed(const PGresult* result);
    /// Receives the data of a COPY TO STDOUT, and forgets them.
    void skip_copy_data();
    /// Notices what arrived without being asked for, without waiting: a connection that the server
    /// ended while it rested is lost hereafter.
    void look();

    /// Gives the connection up where text no longer travels as UTF-8: a statement may have set
    /// client_encoding, and text in another would be read as something else in silence.
    void require_utf8() {
        if (PQclientEncoding(handle_) != utf8_) [[unlikely]]
            give_up(
                "client_encoding was set to something other than UTF8, which this connection can't "
                "be used with");
    }
    /// Whether notices are passed on.
    void set_muted(bool muted) noexcept { muted_ = muted; }

  private:
    [[nodiscard]] bool handshake(driver::Deadline deadline);
    [[nodiscard]] driver::Readiness wait(driver::Readiness wanted, driver::Deadline deadline);
    [[nodiscard]] driver::Deadline input_deadline() const;
    [[nodiscard]] ResultPtr last_result();
    void take_notice(const PGresult* notice) noexcept;

    PGconn* handle_ = nullptr;
    driver::Waiter& waiter_;
    bool polls_;
    NoticeHandler on_notice_;
    DriverFault last_words_;  // why the connection was given up
    int utf8_ = 0;            // libpq's number for that encoding
    bool lost_ = false;
    bool muted_ = false;
    bool encrypted_ = false;
};

}  // namespace azoth::inline v0::postgresql
