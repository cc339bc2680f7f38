// SPDX-License-Identifier: MIT
#include "model_based_world.hpp"

#include "model_based_numbers.hpp"

// Who is there: objects of the reference by their numbers, and the handles to them.

namespace model_based {

void delete_rows(const Engine& engine) {
    engine.begin([](Connection& connection) {
        connection.execute(text("update mb_node set one_id = null"));
        for (const char* table :
             {"mb_player_tag", "mb_player", "mb_fan", "mb_team", "mb_tag", "mb_country", "mb_node"})
            connection.execute(text(std::string("delete from ") + table));
    });
}

World::World(const Engine& engine, const Model& model, Sent& sent)
    : engine_(engine), model_(model), sent_(sent) {
    delete_rows(engine_);
    session_ = std::make_unique<Session>(engine_, model_);
}

World::~World() {
    savepoints_.clear();
}

void World::run(const Step& step) {
    did_.clear();
    switch (step.op) {
        case Op::make: make(step); break;
        case Op::make_linked: make_linked(step); break;
        case Op::add: add(step); break;
        case Op::set_one: set_one(step); break;
        case Op::clear_one: clear_one(step); break;
        case Op::add_to: add_to(step); break;
        case Op::remove_from: remove_from(step); break;
        case Op::assign_many: assign_many(step); break;
        case Op::add_other: add_other(step); break;
        case Op::remove_other: remove_other(step); break;
        case Op::write_name: write_name(step); break;
        case Op::write_by_reference: write_by_reference(step); break;
        case Op::assign_value: assign_value(step); break;
        case Op::change_key: change_key(step); break;
        case Op::delete_: delete_(step); break;
        case Op::look: look(step); break;
        case Op::look_at_one: look_at_one(step); break;
        case Op::look_at_many: look_at_many(step); break;
        case Op::get: get(step); break;
        case Op::query: query(step); break;
        case Op::merge: merge(step); break;
        case Op::expire: expire(step); break;
        case Op::refresh: refresh(step); break;
        case Op::expire_all:
            did_ = "expire_all";
            session_->expire_all();
            reference_.expire_all();
            break;
        case Op::expunge: expunge(step); break;
        case Op::drop_handle: drop_handle(step); break;
        case Op::misuse: misuse(step); break;
        case Op::update_names: update_names(step); break;
        case Op::move_fans: move_fans(step); break;
        case Op::delete_fans: delete_fans(step); break;
        case Op::flush:
            did_ = "flush";
            (void)flush([&] { session_->flush(); });
            break;
        case Op::commit: commit(); break;
        case Op::rollback:
            did_ = "rollback";
            if (step.a % 2 == 0) roll_back_savepoints();  // they end before it, or by it
            forget_unloaded(0);
            session_->rollback();
            savepoints_.clear();
            reference_.rollback(0);
            learn_after_rollback();
            check_database();
            break;
        case Op::begin_nested: begin_nested(); break;
        case Op::release: release(); break;
        case Op::rollback_nested:
            if (savepoints_.empty()) break;
            did_ = "rollback_nested";
            roll_back();
            break;
        case Op::reopen: reopen(step); break;
    }
    if (!did_.empty()) check_session();
}

void World::finish() {
    roll_back_savepoints();
    forget_unloaded(0);
    session_->rollback();
    reference_.rollback(0);
    learn_after_rollback();
    check_all();
    commit();
    check_all();
}

int World::choose(std::uint32_t by, const Fits& fits) {
    std::vector<int> found;
    for (int i = 0; i < static_cast<int>(reference_.objects().size()); ++i)
        if ((is_held(i) || reference_.at(i).state == State::persistent) && fits(i))
            found.push_back(i);
    if (found.empty()) return nothing;
    const int chosen = found[by % found.size()];
    hold(chosen);
    return chosen;
}

/// A handle where there is none: by the key, which asks the database only for what isn't here.
void World::hold(int number) {
    if (is_held(number)) return;
    const Object& object = reference_.at(number);
    const std::string& key = reference_.database().rows.at(object.row).key;
    with_kind(object.kind, [&]<class T>(Ptr<T>) {
        Ptr<T> found = session_->get<T>(key_from<T>(key));
        require(found != nullptr, "get() finds no row of " + called(number));
        take(number, Handle(found));
    });
}

void World::take(int number, Handle handle) {
    const auto at = static_cast<std::size_t>(number);
    if (handles_.size() <= at) handles_.resize(at + 1);
    const void* address = std::visit([](const auto& p) { return p.address(); }, handle);
    const auto [known, is_news] = numbers_.emplace(address, number);
    require(is_news, called(number) + " is the object that stands for " + called(known->second));
    handles_[at] = std::move(handle);
}

void World::drop(int number) {
    if (!is_held(number)) return;
    numbers_.erase(with(number, [](const auto& p) { return p.address(); }));
    references_.erase(number);
    handles_[static_cast<std::size_t>(number)].reset();
}

std::string World::called(int number) const {
    if (number == nothing) return "nothing";
    const Object& object = reference_.at(number);
    return std::string(name_of(object.kind)) + " #" + std::to_string(number) + " (" +
           name_of(object.state) + ", key '" + object.key + "')";
}

std::string World::fresh_name() {
    return "n" + std::to_string(++names_);
}

}  // namespace model_based
