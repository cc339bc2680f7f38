// SPDX-License-Identifier: MIT
#include <azoth/base/error.hpp>
#include <azoth/sql/compiler.hpp>
#include <azoth/sql/extend.hpp>
#include <azoth/sql/markers.hpp>
#include <azoth/sql/precedence.hpp>

namespace azoth::inline v0::sql {

std::string_view SqlWriter::dialect() const noexcept {
    return compiler_.capabilities_.dialect;
}

SqlWriter& SqlWriter::sql(std::string_view text) {
    if (text.find(bind_marker) != std::string_view::npos)
        throw CompileError("SQL of an element of the program's own holds a control character");
    compiler_.visit_fragment(text, {});
    return *this;
}

SqlWriter& SqlWriter::name(std::string_view identifier) {
    compiler_.write_name(identifier);
    return *this;
}

SqlWriter& SqlWriter::literal(std::string_view text) {
    compiler_.write(compiler_.literal(ValueView::of_text(text), plain_type(TypeKind::text)));
    return *this;
}

SqlWriter& SqlWriter::part(std::size_t index) {
    if (index != next_ || index >= node_.parts.size())
        throw CompileError("an element of the program's own writes part " + std::to_string(index) +
                           " where part " + std::to_string(next_) + " of " +
                           std::to_string(node_.parts.size()) +
                           " is next: the parts are written in order, once each");
    ++next_;
    compiler_.visit_operand(*node_.parts[index], precedence::sign);
    return *this;
}

SqlWriter& SqlWriter::parts() {
    for (bool first = true; next_ < node_.parts.size(); first = false) {
        if (!first) compiler_.write(", ");
        compiler_.visit(*node_.parts[next_++]);
    }
    return *this;
}

/// Values belong to places: those of a part that is left out would go to the places behind it.
void SqlWriter::finish() const {
    if (next_ != node_.parts.size())
        throw CompileError("an element of the program's own writes " + std::to_string(next_) +
                           " of its " + std::to_string(node_.parts.size()) +
                           " parts: each is written once");
}

void SqlWriter::unsupported(std::string_view what) const {
    compiler_.unsupported(std::string(what));
}

}  // namespace azoth::inline v0::sql
