// SPDX-License-Identifier: MIT
#pragma once

#include "support.hpp"

#include <atomic>
#include <string>
#include <thread>

namespace postgresql_test {

/// Stands between the driver and the server, for one connection without TLS, and cuts it at a
/// chosen point. Runs in a thread of its own.
class Proxy {
  public:
    enum class Cut {
        before_sending,  ///< the server never sees what contains the text
        after_answer,    ///< the server has answered, and the client never sees it
    };

    Proxy();
    Proxy(const Proxy&) = delete;
    Proxy& operator=(const Proxy&) = delete;
    ~Proxy();

    /// The test database through this proxy.
    [[nodiscard]] ConnectOptions options() const;
    /// Cuts the connection when the client next sends something that contains `text`.
    void cut_at(std::string text, Cut how);

  private:
    void serve();
    [[nodiscard]] bool pass(int from, int to, bool from_client);

    ConnectOptions server_;
    int listener_;
    int stop_[2];  // a pipe: its closing ends the thread
    std::uint16_t port_ = 0;
    std::string text_;
    Cut how_ = Cut::before_sending;
    std::atomic<bool> armed_{false};
    bool hold_answers_ = false;
    std::thread thread_;
};

}  // namespace postgresql_test
