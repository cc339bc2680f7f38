// SPDX-License-Identifier: MIT
#include <azoth/dialects/postgresql/batch_unit_internal.hpp>
#include <azoth/dialects/postgresql/decode_internal.hpp>

namespace azoth::inline v0::postgresql {
namespace {

/// Rows that travel as one command each. It keeps them until their answers are here, so that an
/// error can show the row that it is about.
class RowUnit final : public BatchUnit {
  public:
    explicit RowUnit(const Codecs& codecs)
        : BatchUnit(codecs),
          values_(codecs.size()),
          lengths_(codecs.size()),
          decimals_(codecs.size()) {
        formats_.reserve(codecs.size());
        for (const ParameterCodec* codec : codecs) formats_.push_back(codec->binary ? 1 : 0);
    }

    void restart(std::size_t first_row) override {
        first_row_ = first_row;
        row_count_ = 0;
        bytes_.clear();
        cells_.clear();
    }
    bool is_full() const noexcept override {
        constexpr std::size_t most_rows = 500;
        constexpr std::size_t most_bytes = 1 << 20;
        return row_count_ == most_rows || bytes_.size() >= most_bytes;
    }
    RefusedParameter add(std::span<const ValueView> row) override;
    void send(Flight& flight, const char* name) override;
    std::size_t command_count() const noexcept override { return row_count_; }
    std::string describe(std::size_t command) const override {
        return "row number " + std::to_string(first_row_ + command + 1) + " of the batch: ";
    }
    std::vector<ValueView> parameters_of(std::size_t command) override;

  private:
    struct Cell {
        std::size_t offset;
        int size;  // negative: NULL
    };

    Buffer bytes_;
    std::vector<Cell> cells_;  // of all rows
    std::vector<const char*> values_;
    std::vector<int> lengths_;
    std::vector<int> formats_;
    std::vector<Decimal> decimals_;  // what the views of parameters_of point at
};

RefusedParameter RowUnit::add(std::span<const ValueView> row) {
    for (std::size_t i = 0; i < row.size(); ++i) {
        const std::size_t offset = bytes_.size();
        if (row[i].is_null()) {
            cells_.push_back({offset, -1});
            continue;
        }
        if (const Refusal refusal = codecs_[i]->encode(bytes_, row[i])) return {i, refusal};
        cells_.push_back({offset, static_cast<int>(bytes_.size() - offset)});
        if (!codecs_[i]->binary) *bytes_.extend(1) = '\0';
    }
    ++row_count_;
    return {};
}

void RowUnit::send(Flight& flight, const char* name) {
    const Arguments arguments{static_cast<int>(values_.size()), values_.data(), lengths_.data(),
                              formats_.data()};
    const Cell* cell = cells_.data();
    for (std::size_t row = 0; row < row_count_; ++row) {
        for (std::size_t i = 0; i < values_.size(); ++i, ++cell) {
            // An empty value must have an address, or libpq would take it for NULL.
            const char* const bytes = cell->size == 0 ? "" : bytes_.data() + cell->offset;
            values_[i] = cell->size < 0 ? nullptr : bytes;
            lengths_[i] = cell->size;
        }
        flight.execute(Step::execute, name, arguments);
    }
}

std::vector<ValueView> RowUnit::parameters_of(std::size_t command) {
    std::vector<ValueView> views(codecs_.size());
    for (std::size_t i = 0; i < views.size(); ++i) {
        const Cell& cell = cells_[command * views.size() + i];
        if (cell.size < 0) continue;
        const Oid type = codecs_[i]->binary ? codecs_[i]->oid : oid::text;
        const Decoder decoder = find_decoder(type, Kind::null, false);
        // What was encoded here can be decoded; should it not be, the message shows NULL.
        static_cast<void>(decoder(bytes_.data() + cell.offset, cell.size, views[i], decimals_[i]));
    }
    return views;
}

}  // namespace

std::unique_ptr<BatchUnit> make_row_unit(const Codecs& codecs) {
    return std::make_unique<RowUnit>(codecs);
}

}  // namespace azoth::inline v0::postgresql
