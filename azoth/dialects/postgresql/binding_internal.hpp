// SPDX-License-Identifier: MIT
#pragma once

#include <azoth/dialects/postgresql/encode_internal.hpp>
#include <azoth/dialects/postgresql/flight_internal.hpp>

#include <cstddef>
#include <span>
#include <vector>

namespace azoth::inline v0::postgresql {

/// How the parameters of one statement travel, in order.
using Codecs = std::vector<const ParameterCodec*>;

/// A parameter that can't be sent, and why. A plain value.
struct RefusedParameter {
    std::size_t index = 0;
    Refusal why = nullptr;  ///< null: all parameters are well
};

/// The parameters of one execution in wire form. One thread at a time; its memory is used again.
class Binding {
  public:
    explicit Binding(const Codecs& codecs);

    /// Encodes the values, as many as there are codecs; texts and bytes stay where they are.
    [[nodiscard]] RefusedParameter bind(std::span<const ValueView> values);
    /// What was bound last, valid as long as the values' texts and this object.
    [[nodiscard]] Arguments arguments() const noexcept;

  private:
    [[nodiscard]] Refusal encode(std::size_t index, const ValueView& value);

    const Codecs& codecs_;
    std::vector<const char*> values_;
    std::vector<int> lengths_;
    std::vector<int> formats_;
    std::vector<std::size_t> offsets_;  // of values_ in scratch_, known for good when all are there
    Buffer scratch_;
};

}  // namespace azoth::inline v0::postgresql
