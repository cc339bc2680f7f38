// SPDX-License-Identifier: MIT
#include "proxy.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <stdexcept>
#include <string_view>

namespace postgresql_test {
namespace {

sockaddr_in loopback(std::uint16_t port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(port);
    return address;
}

void require(bool well, const char* what) {
    if (!well) throw std::runtime_error(std::string("proxy: ") + what);
}

bool write_all(int to, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t written = ::send(to, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (written <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

}  // namespace

Proxy::Proxy() : server_(plain_options()), listener_(::socket(AF_INET, SOCK_STREAM, 0)) {
    require(server_.endpoints.size() == 1 && server_.endpoints[0].host == "127.0.0.1" &&
                server_.endpoints[0].port,
            "the server is expected on 127.0.0.1 with a port");
    sockaddr_in address = loopback(0);
    socklen_t size = sizeof address;
    auto* const generic = reinterpret_cast<sockaddr*>(&address);
    require(::bind(listener_, generic, size) == 0, "bind");
    require(::listen(listener_, 1) == 0, "listen");
    require(::getsockname(listener_, generic, &size) == 0, "getsockname");
    require(::pipe(stop_) == 0, "pipe");
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this] { serve(); });
}

Proxy::~Proxy() {
    ::close(stop_[1]);
    thread_.join();
    ::close(stop_[0]);
    ::close(listener_);
}

ConnectOptions Proxy::options() const {
    ConnectOptions options = server_;
    options.endpoints[0].port = port_;
    return options;
}

void Proxy::cut_at(std::string text, Cut how) {
    text_ = std::move(text);
    how_ = how;
    armed_.store(true, std::memory_order_release);
}

void Proxy::serve() {
    pollfd waiting[2] = {{listener_, POLLIN, 0}, {stop_[0], POLLIN, 0}};
    ::poll(waiting, 2, -1);
    if (waiting[1].revents != 0) return;
    const int client = ::accept(listener_, nullptr, nullptr);
    const int server = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address = loopback(*server_.endpoints[0].port);
    bool open = ::connect(server, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
    while (open) {
        pollfd ends[3] = {{client, POLLIN, 0}, {server, POLLIN, 0}, {stop_[0], POLLIN, 0}};
        ::poll(ends, 3, -1);
        if (ends[2].revents != 0) break;
        if (ends[0].revents != 0) open = pass(client, server, true);
        if (open && ends[1].revents != 0) open = pass(server, client, false);
    }
    ::close(client);
    ::close(server);
}

/// Passes on what is there. \returns false where the connection is to be cut.
bool Proxy::pass(int from, int to, bool from_client) {
    char buffer[65536];
    const ssize_t size = ::recv(from, buffer, sizeof buffer, 0);
    if (size <= 0) return false;
    const std::string_view bytes(buffer, static_cast<std::size_t>(size));
    if (!from_client && hold_answers_) return false;
    if (from_client && armed_.load(std::memory_order_acquire) &&
        bytes.find(text_) != std::string_view::npos) {
        if (how_ == Cut::before_sending) return false;
        hold_answers_ = true;
    }
    return write_all(to, bytes);
}

}  // namespace postgresql_test
