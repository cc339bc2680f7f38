// SPDX-License-Identifier: MIT
#include "mapping_support.hpp"

#include <set>
#include <thread>

namespace {

using namespace mapping_test;

// --- the first program of the design
// --------------------------------------------------------------

struct Address;

struct User {
    std::int64_t id{};
    std::string name{};
    std::optional<std::string> fullname{};
    Many<Address> addresses{};
    static void map(Mapping<User>& m) {
        m.table("user_account");
        m.column<&User::id>(primary_key);
        m.column<&User::name>(String{30}, indexed);
        m.column<&User::fullname>();
        m.relationship<&User::addresses>(cascade_all_delete_orphan);
    }
};

struct Address {
    std::int64_t id{};
    std::string email_address{};
    std::int64_t user_id{};
    One<User> user{};
    static void map(Mapping<Address>& m);
};

void Address::map(Mapping<Address>& m) {
    m.table("address");
    m.column<&Address::id>(primary_key);
    m.column<&Address::email_address>();
    m.column<&Address::user_id>(foreign_key<&User::id>({.ondelete = "cascade"}));
    m.relationship<&Address::user>(back_populates<&User::addresses>);
}

TEST(Mapping, R1_columns_are_called_as_the_members_are) {
    const auto shop = model<User, Address>("shop");
    std::vector<std::string> names;
    for (const auto& column : mapper_in<User>(shop).table().columns) names.push_back(column->name);
    EXPECT_THAT(names, ElementsAre("id", "name", "fullname"));
    const auto& name = attribute_in<User, &User::name>(shop);
    EXPECT_EQ(name.name, "name");
    EXPECT_EQ(name.index, 1);
}

TEST(Mapping, the_type_of_a_member_decides_whether_null_is_accepted) {
    const auto shop = model<User, Address>("shop");
    EXPECT_FALSE((attribute_in<User, &User::name>(shop).column->nullable));
    EXPECT_TRUE((attribute_in<User, &User::fullname>(shop).column->nullable));
}

TEST(Mapping, makes_the_tables_of_both_databases) {
    const auto shop = model<User, Address>("shop");
    EXPECT_THAT(sqlite_ddl(shop),
                ElementsAre("CREATE TABLE \"user_account\" (\n"
                            "    \"id\" INTEGER NOT NULL,\n"
                            "    \"name\" VARCHAR(30) NOT NULL,\n"
                            "    \"fullname\" VARCHAR,\n"
                            "    PRIMARY KEY (\"id\")\n"
                            ")",
                            "CREATE INDEX \"ix_user_account_name\" ON \"user_account\" (\"name\")",
                            "CREATE TABLE \"address\" (\n"
                            "    \"id\" INTEGER NOT NULL,\n"
                            "    \"email_address\" VARCHAR NOT NULL,\n"
                            "    \"user_id\" BIGINT NOT NULL,\n"
                            "    PRIMARY KEY (\"id\"),\n"
                            "    FOREIGN KEY (\"user_id\") REFERENCES \"user_account\" (\"id\") "
                            "ON DELETE CASCADE\n"
                            ")"));
    EXPECT_THAT(postgresql_ddl(shop),
                ElementsAre(HasSubstr("\"id\" BIGSERIAL NOT NULL"), HasSubstr("CREATE INDEX"),
                            HasSubstr("ON DELETE CASCADE")));
}

TEST(Mapping, R3_several_models_of_the_same_classes_have_tables_of_their_own) {
    const auto shop = model<User, Address>("shop");
    const auto tenant = model<User, Address>("tenant", {.schema = "tenant"});
    EXPECT_FALSE(shop == tenant);
    EXPECT_TRUE(shop == Model(shop));
    EXPECT_NE(shop.state().serial(), tenant.state().serial());
    EXPECT_EQ(tenant.name(), "tenant");
    EXPECT_FALSE(shop.metadata() == tenant.metadata());
    EXPECT_THAT(sqlite_ddl(tenant).front(), HasSubstr("\"tenant\".\"user_account\""));
}

TEST(Mapping, R3_threads_may_make_models_at_the_same_time) {
    std::vector<std::thread> threads;
    std::vector<std::uint64_t> serials(8);
    for (auto& serial : serials)
        threads.emplace_back([&serial] { serial = model<User, Address>("shop").state().serial(); });
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(std::set<std::uint64_t>(serials.begin(), serials.end()).size(), serials.size());
}

TEST(Mapping, a_class_of_another_model_is_named_with_the_remedy) {
    struct Alone {
        std::int64_t id{};
        static void map(Mapping<Alone>& m) {
            m.table("alone");
            m.column<&Alone::id>(primary_key);
        }
    };
    const auto shop = model<Alone>("shop");
    EXPECT_THAT(message_of<ArgumentError>([&] { static_cast<void>(mapper_in<User>(shop)); }),
                AllOf(HasSubstr("User is not of the model 'shop'"), HasSubstr("Alone"),
                      HasSubstr("list it in model")));
}

// --- where mappings stand -----------------------------------------------------------------------

struct Plain {
    int id{};
    std::string title{};
};

}  // namespace

template <>
struct azoth::Mapped<Plain> {
    static void map(Mapping<Plain>& m) {
        m.table("plain");
        m.column<&Plain::id>(primary_key, "plain_id");
        m.columns<&Plain::title>();
    }
};

namespace {

TEST(Mapping, may_stand_outside_of_the_class) {
    const auto shop = model<Plain>("shop");
    EXPECT_EQ((attribute_in<Plain, &Plain::id>(shop).column->name), "plain_id");
    EXPECT_EQ((attribute_in<Plain, &Plain::id>(shop).name), "id");
    EXPECT_EQ((attribute_in<Plain, &Plain::title>(shop).column->name), "title");
}

class Account {
    std::int64_t id_{};
    std::string owner_{};
    Many<struct Transfer> transfers_{};

  public:
    static constexpr auto id = attr<&Account::id_>;
    static constexpr auto owner = attr<&Account::owner_>;
    static constexpr auto transfers = rel<&Account::transfers_>;
    static void map(Mapping<Account>& m);
};

struct Transfer {
    std::int64_t id{};
    std::int64_t account_id{};
    One<Account> account{};
    static void map(Mapping<Transfer>& m) {
        m.table("transfer");
        m.column<&Transfer::id>(primary_key);
        m.column(attr<&Transfer::account_id>, foreign_key<Account::id>);
        m.relationship(rel<&Transfer::account>, back_populates<Account::transfers>);
    }
};

void Account::map(Mapping<Account>& m) {
    m.table("account");
    m.column<&Account::id_>(primary_key, "id");
    m.column<owner>("owner");
    m.relationship<transfers>(order_by(col<&Transfer::id>.desc()));
}

TEST(Mapping, R17_private_members_are_mapped_by_their_class_and_named_by_others) {
    const auto bank = model<Transfer, Account>("bank");
    const auto& mapper = mapper_in<Account>(bank);
    EXPECT_EQ(mapper.attributes()[0].name, "id_");
    EXPECT_EQ(mapper.attributes()[0].column->name, "id");
    EXPECT_EQ(mapper.relationships()[0]->name, "transfers_");
    const auto& account = relationship_in<Transfer, &Transfer::account>(bank);
    EXPECT_EQ(account.reverse, mapper.relationships()[0].get());
    EXPECT_THAT(pairs_of(account), ElementsAre("account_id=id"));
    EXPECT_EQ(mapper.relationships()[0]->order_by.size(), 1U);
}

struct Timestamps {
    UtcDateTime created_at{};
    std::optional<UtcDateTime> changed_at{};
};
struct Ownership {
    std::int64_t owner_id{};
};
struct Document : Timestamps, Ownership {
    std::int64_t id{};
    static void map(Mapping<Document>& m) {
        m.table("document");
        m.column<&Document::id>(primary_key);
        m.columns<&Timestamps::created_at, &Document::changed_at>();
        m.column<&Ownership::owner_id>(foreign_key<of<Document>, &Document::id>);
        m.index<&Timestamps::created_at, &Document::id>();
    }
};

TEST(Mapping, R2_members_of_mixins_are_mapped_where_they_stand_in_the_class) {
    const auto shop = model<Document>("shop");
    Document document;
    document.owner_id = 7;
    const auto& owner = mapper_in<Document>(shop).attributes()[3];
    EXPECT_EQ(owner.in(&document), static_cast<void*>(&document.owner_id));
    EXPECT_EQ(owner.view(&document).integer, 7);
    EXPECT_EQ(owner.name, "owner_id");
    EXPECT_THAT(sqlite_ddl(shop).back(), HasSubstr("(\"created_at\", \"id\")"));
}

template <class A, class B>
struct Pair {
    A first{};
    B second{};
};
struct WithTemplatedBase : Pair<std::int64_t, std::string> {
    static void map(Mapping<WithTemplatedBase>& m) {
        m.table("pair");
        m.column<&Pair<std::int64_t, std::string>::first>(primary_key);
        m.column<&WithTemplatedBase::second>(comment("a, b; c]"));
    }
};

TEST(Mapping, R1_names_of_members_of_templates_are_read_too) {
    const auto shop = model<WithTemplatedBase>("shop");
    EXPECT_EQ(mapper_in<WithTemplatedBase>(shop).attributes()[0].name, "first");
    EXPECT_EQ(mapper_in<WithTemplatedBase>(shop).attributes()[1].name, "second");
}

// --- keys ---------------------------------------------------------------------------------------

struct Order {
    std::int64_t shop{};
    std::int64_t number{};
    Many<struct Line> lines{};
    static void map(Mapping<Order>& m) {
        m.table("orders");
        m.column<&Order::shop>(primary_key);
        m.column<&Order::number>(primary_key);
        m.relationship<&Order::lines>();
    }
};
struct Line {
    std::int64_t shop{};
    std::int64_t order_number{};
    int position{};
    std::string article{};
    int amount{};
    One<Order> order{};
    static void map(Mapping<Line>& m) {
        m.table("line");
        m.column<&Line::shop>(primary_key);
        m.column<&Line::order_number>(primary_key);
        m.column<&Line::position>(primary_key);
        m.columns<&Line::article, &Line::amount>();
        m.foreign_key<&Line::shop, &Line::order_number>(references<&Order::shop, &Order::number>,
                                                        {.ondelete = "CASCADE"});
        m.unique<&Line::shop, &Line::order_number, &Line::article>({.name = "one_article"});
        m.check(col<&Line::amount> > 0, "positive");
        m.index<&Line::article>({.name = "by_article", .where = col<&Line::amount> > 10});
        m.index({col<&Line::amount>.desc(), col<&Line::article>}, {.name = "by_amount"});
        m.relationship<&Line::order>(back_populates<&Order::lines>);
    }
};

TEST(Mapping, keys_of_several_columns_are_joined_as_a_whole) {
    const auto shop = model<Order, Line>("shop");
    EXPECT_EQ(mapper_in<Order>(shop).key().size(), 2U);
    EXPECT_EQ((attribute_in<Order, &Order::number>(shop).key_position), 1);
    EXPECT_FALSE((attribute_in<Order, &Order::shop>(shop).generated));
    EXPECT_FALSE(mapper_in<Order>(shop).has_integer_key());
    EXPECT_THAT(pairs_of(relationship_in<Line, &Line::order>(shop)),
                ElementsAre("shop=shop", "order_number=number"));
    EXPECT_TRUE((attribute_in<Line, &Line::order_number>(shop).foreign));
    EXPECT_FALSE((attribute_in<Line, &Line::position>(shop).foreign));
}

TEST(Mapping, constraints_and_indexes_take_members_and_expressions_of_them) {
    const auto shop = model<Order, Line>("shop");
    const auto statements = sqlite_ddl(shop);
    EXPECT_THAT(
        statements[1],
        AllOf(HasSubstr(
                  "CONSTRAINT \"one_article\" UNIQUE (\"shop\", \"order_number\", \"article\")"),
              HasSubstr("CONSTRAINT \"positive\" CHECK (\"amount\" > 0)"),
              HasSubstr("FOREIGN KEY (\"shop\", \"order_number\") REFERENCES \"orders\" (\"shop\", "
                        "\"number\") ON DELETE CASCADE")));
    EXPECT_THAT(std::vector<std::string>(statements.begin() + 2, statements.end()),
                testing::UnorderedElementsAre(
                    "CREATE INDEX \"by_article\" ON \"line\" (\"article\") WHERE \"amount\" > 10",
                    "CREATE INDEX \"by_amount\" ON \"line\" (\"amount\" DESC, \"article\")"));
}

struct Country {
    std::string code{};
    std::string name{};
    static void map(Mapping<Country>& m) {
        m.table("country");
        m.column<&Country::code>(String{2}, primary_key);
        m.column<&Country::name>();
    }
};

TEST(Mapping, a_natural_key_is_not_generated) {
    const auto shop = model<Country>("shop");
    const auto& code = attribute_in<Country, &Country::code>(shop);
    EXPECT_EQ(code.key_position, 0);
    EXPECT_FALSE(code.generated);
    EXPECT_EQ(code.zero, orm::ZeroMeans::value);
}

// --- what a zero means (R16) ---------------------------------------------------------------------

enum class Level { low, high };

}  // namespace

template <>
struct azoth::EnumNames<Level> : azoth::Enumerators<Level::low, Level::high> {};

namespace {

struct Job {
    std::int64_t id{};
    int retries = 3;
    int priority{};
    bool active{};
    Maybe<bool> visible{};
    std::optional<int> limit{};
    Uuid token{};
    Level level{};
    int version{};
    static void map(Mapping<Job>& m) {
        m.table("job");
        m.column<&Job::id>(primary_key);
        m.column<&Job::retries>(server_default(5));
        m.column<&Job::priority>(server_default(1), default_when_zero);
        m.column<&Job::active>(server_default(true), always_sent);
        m.column<&Job::visible>(server_default(true));
        m.column<&Job::limit>(server_default(10));
        m.column<&Job::token>(server_default(text_default()));
        m.column<&Job::level>(server_default("high"), default_when_zero);
        m.column<&Job::version>(version_id);
    }
    static std::string text_default() { return "00000000-0000-0000-0000-000000000001"; }
};

TEST(Mapping, R16_a_zero_is_unset_where_the_column_is_filled_otherwise) {
    const auto shop = model<Job>("shop");
    const auto& mapper = mapper_in<Job>(shop);
    Job job;
    const auto unset = [&](std::size_t index) { return mapper.attributes()[index].is_unset(&job); };
    EXPECT_TRUE(unset(0)) << "a generated key";
    EXPECT_FALSE(unset(1)) << "an initialiser in the class is a value";
    EXPECT_TRUE(unset(2)) << "default_when_zero";
    EXPECT_FALSE(unset(3)) << "always_sent";
    EXPECT_TRUE(unset(4)) << "Maybe";
    EXPECT_TRUE(unset(5)) << "an empty optional";
    EXPECT_TRUE(unset(6)) << "no number, text, bool or enumeration";
    EXPECT_TRUE(unset(7)) << "default_when_zero of an enumeration";
    EXPECT_FALSE(unset(8)) << "nothing else fills the version";
    job.retries = 0;
    job.priority = 2;
    job.visible = false;
    job.limit = 0;
    EXPECT_FALSE(unset(1));
    EXPECT_FALSE(unset(2));
    EXPECT_FALSE(unset(4));
    EXPECT_FALSE(unset(5));
    EXPECT_EQ(mapper.version()->name, "version");
}

class Sealed {
  public:
    explicit Sealed(std::string text) : text_(std::move(text)) {}
    static void map(Mapping<Sealed>& m) {
        m.table("sealed");
        m.column<&Sealed::id_>(primary_key);
        m.column<&Sealed::text_>(server_default("x"));
        m.construct([] { return Sealed(""); });
    }
    std::int64_t id_{};
    std::string text_;
};

TEST(Mapping, R16_without_a_default_constructor_only_what_is_no_value_is_unset) {
    const auto shop = model<Sealed>("shop");
    const auto& mapper = mapper_in<Sealed>(shop);
    const Sealed sealed("");
    EXPECT_TRUE(mapper.attributes()[0].is_unset(&sealed));
    EXPECT_FALSE(mapper.attributes()[1].is_unset(&sealed));
    ASSERT_NE(mapper.ops().construct, nullptr);
}

// --- transient objects --------------------------------------------------------------------------

TEST(Mapping, R3_make_gives_an_object_that_belongs_to_no_session) {
    const auto shop = model<User, Address>("shop");
    const Ptr<User> sandy = shop.make(
        User{.name = "sandy", .addresses = {Address{.email_address = "sandy@example.org"}}});
    EXPECT_EQ(sandy->name, "sandy");
    ASSERT_EQ(sandy->addresses.size(), 1U);
    EXPECT_EQ(sandy->addresses[0]->email_address, "sandy@example.org");
    EXPECT_TRUE(sandy->addresses[0]->user == sandy);
    EXPECT_THAT(message_of<ArgumentError>([&] { static_cast<void>(shop.make(Country{})); }),
                HasSubstr("Country is not of the model 'shop'"));
}

TEST(Mapping, a_handle_keeps_the_model_of_its_object) {
    Ptr<User> sandy;
    {
        const auto shop = model<User, Address>("shop");
        sandy = shop.make(User{.name = "sandy"});
    }
    sandy->addresses.add(Address{.email_address = "later"});
    EXPECT_EQ(sandy->addresses[0]->email_address, "later");
}

}  // namespace
