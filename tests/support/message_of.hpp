// SPDX-License-Identifier: MIT
#pragma once

#include <exception>
#include <string>

namespace azoth::test {

/// The message of the exception of class E that `call` throws; what came instead, otherwise.
template <class E, class Call>
std::string message_of(Call&& call) {
    try {
        call();
    } catch (const E& error) {
        return error.what();
    } catch (const std::exception& error) {
        return std::string("(another exception: ") + error.what() + ")";
    }
    return "(no exception)";
}

}  // namespace azoth::test
