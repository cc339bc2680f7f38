// SPDX-License-Identifier: MIT
#include "model_based_steps.hpp"

#include <algorithm>
#include <random>

namespace model_based {
namespace {

struct Weight {
    Op op;
    const char* name;
    unsigned weight;
};

constexpr Weight weights[op_count] = {
    {Op::make, "make", 60},
    {Op::make_linked, "make_linked", 40},
    {Op::add, "add", 60},
    {Op::set_one, "set_one", 70},
    {Op::clear_one, "clear_one", 25},
    {Op::add_to, "add_to", 70},
    {Op::remove_from, "remove_from", 30},
    {Op::assign_many, "assign_many", 15},
    {Op::add_other, "add_other", 60},
    {Op::remove_other, "remove_other", 30},
    {Op::write_name, "write_name", 50},
    {Op::write_by_reference, "write_by_reference", 20},
    {Op::assign_value, "assign_value", 15},
    {Op::change_key, "change_key", 20},
    {Op::delete_, "delete", 30},
    {Op::look, "look", 60},
    {Op::look_at_one, "look_at_one", 50},
    {Op::look_at_many, "look_at_many", 60},
    {Op::get, "get", 20},
    {Op::query, "query", 20},
    {Op::merge, "merge", 20},
    {Op::expire, "expire", 15},
    {Op::refresh, "refresh", 15},
    {Op::expire_all, "expire_all", 4},
    {Op::expunge, "expunge", 6},
    {Op::drop_handle, "drop_handle", 40},
    {Op::misuse, "misuse", 10},
    {Op::update_names, "update_names", 20},
    {Op::move_fans, "move_fans", 15},
    {Op::delete_fans, "delete_fans", 8},
    {Op::flush, "flush", 40},
    {Op::commit, "commit", 25},
    {Op::rollback, "rollback", 10},
    {Op::begin_nested, "begin_nested", 12},
    {Op::release, "release", 8},
    {Op::rollback_nested, "rollback_nested", 8},
    {Op::reopen, "reopen", 5},
};

}  // namespace

const char* name_of(Op op) {
    return weights[static_cast<int>(op)].name;
}

Steps generate(std::uint64_t seed, std::size_t count) {
    std::mt19937_64 random(seed);
    unsigned sum = 0;
    for (const Weight& each : weights) sum += each.weight;
    Steps steps;
    while (steps.size() != count) {
        std::uint64_t left = random() % sum;
        const Weight* chosen = weights;
        for (; left >= chosen->weight; ++chosen) left -= chosen->weight;
        const std::uint64_t numbers = random();
        steps.push_back({chosen->op, static_cast<std::uint32_t>(numbers & 0xffff),
                         static_cast<std::uint32_t>(numbers >> 16 & 0xffff),
                         static_cast<std::uint32_t>(numbers >> 32 & 0xffff)});
    }
    return steps;
}

namespace {

/// Without each part of that length that the failure doesn't need.
Steps without_parts(Steps failing, std::size_t length, const Run& run, int& runs) {
    for (std::size_t at = 0; at < failing.size() && runs > 0; --runs) {
        Steps shorter = failing;
        const auto begin = shorter.begin() + static_cast<std::ptrdiff_t>(at);
        const std::size_t end = std::min(at + length, failing.size());
        shorter.erase(begin, shorter.begin() + static_cast<std::ptrdiff_t>(end));
        if (run(shorter).empty())
            at += length;
        else
            failing = std::move(shorter);
    }
    return failing;
}

}  // namespace

Steps shrink(Steps failing, const Run& run, int runs) {
    for (std::size_t length = failing.size() / 2; length != 0 && runs > 0;) {
        const std::size_t before = failing.size();
        failing = without_parts(std::move(failing), length, run, runs);
        if (length > 1 || failing.size() == before) length /= 2;
    }
    return failing;
}

}  // namespace model_based
