// SPDX-License-Identifier: MIT
#include <azoth/pool/detached_core.hpp>

#include <utility>

namespace azoth::inline v0::pool {

DetachedCore::DetachedCore(std::shared_ptr<const Config> config)
    : Core(std::move(config)), record_(empty_record()) {}

Record& DetachedCore::adopt(Record& from) noexcept {
    record_.connection = std::move(from.connection);
    record_.data = std::move(from.data);
    record_.info = std::move(from.info);
    return record_;
}

Record& DetachedCore::checkout(const std::source_location& /*where*/) {
    throw InvalidRequestError("A detached connection belongs to no pool");
}

std::string DetachedCore::status() const {
    return "detached connection";
}

void DetachedCore::take_back(Record& record) noexcept {
    // A transaction left open is ended as the pool it came from would have; then the answer no
    // longer matters, the connection is closed anyhow.
    static_cast<void>(reset(record));
    close(record);
    Lock lock(mutex_);
    release(lock);
}

}  // namespace azoth::inline v0::pool
