// SPDX-License-Identifier: MIT
#pragma once

#include "line_reader.hpp"
#include "paragraph.hpp"
#include "problem_log.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace packages {

/// Reads a Debian control file (deb822) paragraph by paragraph. One thread at a time.
///
/// Whatever is not in order is put right or left out, and told to the log with file and line:
/// - NUL bytes and invalid UTF-8 become U+FFFD;
/// - lines without colon, with an impossible field name or beyond the length limit are left out,
///   and so are the continuation lines that follow them;
/// - of a field given twice the first counts;
/// - a last line without newline counts, but may be a sign of a file cut short.
/// CRLF, comment lines (#), a byte order mark and blank lines of blanks are no defects.
class ParagraphReader {
  public:
    /// `source` and `log` must outlive the reader; `file` is the name for messages.
    ParagraphReader(ByteSource& source, std::string file, ProblemLog& log,
                    std::size_t line_limit = LineReader::default_limit);

    /// Reads the next paragraph that has a field; false at the end of the input. Throws InputError.
    [[nodiscard]] bool next(Paragraph& paragraph);

    /// The name for messages.
    [[nodiscard]] const std::string& file() const noexcept { return file_; }

  private:
    void take(const Line& line, Paragraph& paragraph);
    void take_continuation(std::string_view text, std::uint64_t number, Paragraph& paragraph);
    void take_field(std::string_view text, std::uint64_t number, Paragraph& paragraph);
    void report(std::uint64_t line, ProblemKind kind, std::string message);

    LineReader lines_;
    std::string file_;
    ProblemLog& log_;
    std::string repaired_;
    bool has_field_ = false;  // whether a continuation line has a field to go to
};

}  // namespace packages
