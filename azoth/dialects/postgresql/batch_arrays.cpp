// SPDX-License-Identifier: MIT
#include <azoth/dialects/postgresql/batch_unit_internal.hpp>
#include <azoth/dialects/postgresql/byte_order_internal.hpp>

namespace azoth::inline v0::postgresql {
namespace {

/// One parameter's values of all rows, as the binary form of a one-dimensional array.
class ArrayColumn {
  public:
    explicit ArrayColumn(const ParameterCodec& codec) : codec_(&codec) { restart(); }

    void restart() {
        bytes_.clear();
        bytes_.extend(header_size);
        has_null_ = false;
    }
    [[nodiscard]] Refusal add(const ValueView& value) {
        if (value.is_null()) {
            store(bytes_.extend(length_size), null_length);
            has_null_ = true;
            return nullptr;
        }
        if (value.kind == codec_->kept) return add_kept(value);
        const std::size_t start = bytes_.size();
        bytes_.extend(length_size);
        if (const Refusal refusal = codec_->encode(bytes_, value)) return refusal;
        const std::size_t size = bytes_.size() - start - length_size;
        store(bytes_.data() + start, static_cast<std::uint32_t>(size));
        return nullptr;
    }
    [[nodiscard]] Refusal add_kept(const ValueView& value) {
        if (const Refusal refusal = check_kept(value)) return refusal;
        const std::size_t size = value.chars.size;
        char* const to = bytes_.extend(length_size + size);
        store(to, static_cast<std::uint32_t>(size));
        if (size != 0) std::memcpy(to + length_size, value.chars.data, size);
        return nullptr;
    }
    /// The array of `count` elements.
    [[nodiscard]] std::string_view finish(std::size_t count) {
        constexpr std::uint32_t dimensions = 1;
        constexpr std::uint32_t lower_bound = 1;
        const Oid element = codec_->oid != 0 ? codec_->oid : oid::text;
        char* const header = bytes_.data();
        store(header, dimensions);
        store(header + 4, std::uint32_t{has_null_});
        store(header + 8, element);
        store(header + 12, static_cast<std::uint32_t>(count));
        store(header + 16, lower_bound);
        return {bytes_.data(), bytes_.size()};
    }
    [[nodiscard]] std::size_t size() const noexcept { return bytes_.size(); }

  private:
    static constexpr std::size_t header_size = 20;
    static constexpr std::size_t length_size = 4;
    static constexpr std::uint32_t null_length = 0xffffffff;

    const ParameterCodec* codec_;
    Buffer bytes_;
    bool has_null_ = false;
};

class ArrayUnit final : public BatchUnit {
  public:
    explicit ArrayUnit(const Codecs& codecs)
        : BatchUnit(codecs),
          values_(codecs.size()),
          lengths_(codecs.size()),
          formats_(codecs.size(), 1) {
        columns_.reserve(codecs.size());
        for (const ParameterCodec* codec : codecs) columns_.emplace_back(*codec);
    }

    void restart(std::size_t first_row) override {
        first_row_ = first_row;
        row_count_ = 0;
        size_ = 0;
        for (ArrayColumn& column : columns_) column.restart();
    }
    bool is_full() const noexcept override {
        constexpr std::size_t most_rows = 10'000;
        constexpr std::size_t most_bytes = 8 << 20;
        return row_count_ == most_rows || size_ >= most_bytes;
    }
    RefusedParameter add(std::span<const ValueView> row) override {
        std::size_t size = 0;
        for (std::size_t i = 0; i < row.size(); ++i) {
            if (const Refusal refusal = columns_[i].add(row[i])) return {i, refusal};
            size += columns_[i].size();
        }
        size_ = size;
        ++row_count_;
        return {};
    }
    void send(Flight& flight, const char* name) override {
        for (std::size_t i = 0; i < columns_.size(); ++i) {
            const std::string_view array = columns_[i].finish(row_count_);
            values_[i] = array.data();
            lengths_[i] = static_cast<int>(array.size());
        }
        flight.execute(
            Step::execute, name,
            {static_cast<int>(values_.size()), values_.data(), lengths_.data(), formats_.data()});
    }
    std::size_t command_count() const noexcept override { return 1; }
    std::string describe(std::size_t) const override {
        const std::size_t last = first_row_ + row_count_;
        if (row_count_ == 1) return "row number " + std::to_string(last) + " of the batch: ";
        return "one of the rows number " + std::to_string(first_row_ + 1) + " to " +
               std::to_string(last) + " of the batch, which went together: ";
    }
    std::vector<ValueView> parameters_of(std::size_t) override { return {}; }

  private:
    std::vector<ArrayColumn> columns_;
    std::size_t size_ = 0;  // of all columns
    std::vector<const char*> values_;
    std::vector<int> lengths_;
    std::vector<int> formats_;
};

}  // namespace

std::unique_ptr<BatchUnit> make_array_unit(const Codecs& codecs) {
    return std::make_unique<ArrayUnit>(codecs);
}

}  // namespace azoth::inline v0::postgresql
