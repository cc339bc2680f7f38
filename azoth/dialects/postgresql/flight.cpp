// SPDX-License-Identifier: MIT
#include <azoth/dialects/postgresql/errors_internal.hpp>
#include <azoth/dialects/postgresql/flight_internal.hpp>

namespace azoth::inline v0::postgresql {
namespace {

constexpr int binary_results = 1;
constexpr const char* out_of_step = "the client library and the server are out of step";

}  // namespace

void Flight::start(bool pipelined) {
    steps_.clear();
    head_ = 0;
    refusal_.clear();
    copy_met_ = false;
    open_ = true;
    pipelined_ = pipelined;
    if (pipelined && !PQenterPipelineMode(link_.handle())) link_.give_up(out_of_step);
}

void Flight::sent(Step step, int accepted) {
    if (accepted) {
        steps_.push_back(step);
        return;
    }
    // A lost connection has the reason to tell as its answer.
    if (link_.is_lost())
        steps_.push_back(step);
    else if (refusal_.empty())
        refusal_ = trimmed(PQerrorMessage(link_.handle()));
}

void Flight::query(Step step, const char* sql) {
    sent(step, PQsendQueryParams(link_.handle(), sql, 0, nullptr, nullptr, nullptr, nullptr,
                                 binary_results));
}

void Flight::simple_query(Step step, const char* sql) {
    sent(step, PQsendQuery(link_.handle(), sql));
}

ResultPtr Flight::next_of_simple_query() {
    if (!has_next() || link_.is_given_up()) return nullptr;
    ResultPtr result = link_.receive();
    if (result)
        end_copy(PQresultStatus(result.get()));
    else
        ++head_;
    return result;
}

void Flight::parse(Step step, const char* name, const char* sql, const std::vector<Oid>& types) {
    sent(step,
         PQsendPrepare(link_.handle(), name, sql, static_cast<int>(types.size()), types.data()));
}

void Flight::describe(const char* name) {
    sent(Step::describe, PQsendDescribePrepared(link_.handle(), name));
}

void Flight::execute(Step step, const char* name, const Arguments& arguments) {
    sent(step, PQsendQueryPrepared(link_.handle(), name, arguments.count, arguments.values,
                                   arguments.lengths, arguments.formats, binary_results));
}

void Flight::execute_once(const char* sql, const std::vector<Oid>& types,
                          const Arguments& arguments) {
    sent(Step::execute,
         PQsendQueryParams(link_.handle(), sql, arguments.count, types.data(), arguments.values,
                           arguments.lengths, arguments.formats, binary_results));
}

void Flight::sync() {
    if (!PQpipelineSync(link_.handle()) && !link_.is_lost()) {
        link_.give_up(PQerrorMessage(link_.handle()));
        return;
    }
    steps_.push_back(Step::sync);
}

void Flight::request_flush() {
    if (!PQsendFlushRequest(link_.handle()) && !link_.is_lost())
        link_.give_up(PQerrorMessage(link_.handle()));
}

Answer Flight::next() {
    Answer answer{steps_[head_++], nullptr};
    if (!link_.is_given_up())
        answer.result =
            answer.step == Step::sync ? answer_of_sync() : answer_of_command(link_.receive());
    if (link_.is_lost()) head_ = steps_.size();  // nothing more will come
    return answer;
}

/// \returns the end of the part, or the error with which its implicit transaction failed to commit.
ResultPtr Flight::answer_of_sync() {
    ResultPtr error;
    constexpr int most_results = 3;  // error, null, end
    for (int i = 0; i < most_results; ++i) {
        ResultPtr result = link_.receive();
        if (result && PQresultStatus(result.get()) == PGRES_PIPELINE_SYNC)
            return error ? std::move(error) : std::move(result);
        if (result && !error) error = std::move(result);
        if (link_.is_lost()) return error;
    }
    link_.give_up(out_of_step);
    return error;
}

void Flight::begin_rows() {
    if (!PQsetSingleRowMode(link_.handle()) && !link_.is_lost()) link_.give_up(out_of_step);
}

void Flight::end_rows(ResultPtr& answer) {
    if (answer) link_.heed(answer.get());
    answer = answer_of_command(std::move(answer));
    ++head_;
    if (link_.is_lost()) head_ = steps_.size();
}

ResultPtr Flight::answer_of_command(ResultPtr result) {
    if (!result) {
        if (!link_.is_lost()) link_.give_up(out_of_step);
        return nullptr;
    }
    end_copy(PQresultStatus(result.get()));
    // One command has one result, and then a null.
    while (!link_.is_lost()) {
        ResultPtr more = link_.receive();
        if (!more) break;
        if (!is_error(result.get())) result = std::move(more);
    }
    return result;
}

/// Ends a COPY from or to the client, which has no stream here, so that neither side waits for it.
void Flight::end_copy(ExecStatusType status) {
    if (status == PGRES_COPY_IN) {
        copy_met_ = true;
        if (PQputCopyEnd(link_.handle(), "there is no stream to copy from") < 0)
            link_.give_up(PQerrorMessage(link_.handle()));
        link_.flush();
    } else if (status == PGRES_COPY_OUT) {
        copy_met_ = true;
        link_.skip_copy_data();
    } else if (status == PGRES_COPY_BOTH) {
        link_.give_up("a replication stream was begun");
    }
}

void Flight::end() {
    while (has_next()) static_cast<void>(next());
    open_ = false;
    if (link_.is_lost()) return;
    link_.require_utf8();
    if (!pipelined_) return;
    if (!PQexitPipelineMode(link_.handle())) link_.give_up(PQerrorMessage(link_.handle()));
}

}  // namespace azoth::inline v0::postgresql
