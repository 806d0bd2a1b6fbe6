// SPDX-License-Identifier: Apache-2.0
package qboevents.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LedgerTest {

    private final MovableClock clock = MovableClock.at(Instant.parse("2026-01-16T03:07:36.9Z"));
    private final Ledger ledger = new Ledger(clock);

    @ParameterizedTest
    @MethodSource("entities")
    void keepsRecordsOfEveryEntity(String entity) {
        var id = ledger.create(entity).id();
        clock.set(Instant.parse("2026-07-01T12:00:00Z"));
        ledger.update(entity, id);

        var record = ledger.read(entity, id).orElseThrow();
        assertThat(record.path("Id").asText()).isEqualTo(id);
        assertThat(record.path("SyncToken").asText()).isEqualTo("1");
        assertThat(record.at("/MetaData/CreateTime").asText()).isEqualTo("2026-01-15T19:07:36-08:00");
        assertThat(record.at("/MetaData/LastUpdatedTime").asText()).isEqualTo("2026-07-01T05:00:00-07:00");
        assertThat(record.toString()).doesNotContain("{id}", ":null");
    }

    @Test
    void knowsTwentyThreeEntities() {
        assertThat(entities()).hasSize(23);
        assertThat(entities().filter(name -> Entity.of(name).isList())).hasSize(11);
    }

    @Test
    void makesAnInvoiceOfTheUsualSize() {
        ledger.create("Invoice");

        assertThat(ledger.read("Invoice", "1").orElseThrow().toString().length()).isBetween(1200, 2100);
    }

    @Test
    void givesSomeTaxCodesAWordForAnId() {
        assertThat(ledger.create("TaxCode", 4)).extracting(Change::id)
                .containsExactly("TAX", "NON", "CustomSalesTax", "4");
    }

    @Test
    void renamesAnAccountThatIsMadeInactive() {
        ledger.create("Account");
        ledger.deactivate("Account", "1");

        var account = ledger.read("Account", "1").orElseThrow();
        assertThat(account.path("Name").asText()).isEqualTo("Job Materials 1 (deleted)");
        assertThat(account.path("Active").asBoolean()).isFalse();
    }

    @Test
    void zeroesWhatIsVoided() {
        ledger.create("Invoice");
        ledger.voidIt("Invoice", "1");

        var invoice = ledger.read("Invoice", "1").orElseThrow();
        assertThat(invoice.path("TotalAmt").asInt()).isZero();
        assertThat(invoice.at("/Line/0/Amount").asInt()).isZero();
        assertThat(invoice.at("/Line/0/SalesItemLineDetail/Qty").asInt()).isZero();
        assertThat(invoice.path("PrivateNote").asText()).startsWith("Voided");
        assertThat(invoice.path("SyncToken").asText()).isEqualTo("1");
    }

    @Test
    void remembersEveryStateEverWritten() {
        ledger.create("Invoice");
        ledger.pay("1");
        clock.advance(Duration.ofSeconds(5));
        ledger.delete("Invoice", "1");

        var first = Instant.parse("2026-01-16T03:07:36Z");
        assertThat(ledger.changes()).containsExactly(
                new Change("Invoice", "1", 0, first, Change.Kind.CREATED),
                new Change("Invoice", "1", 1, first, Change.Kind.UPDATED),
                new Change("Invoice", "1", 1, first.plusSeconds(5), Change.Kind.DELETED));
        assertThat(ledger.read("Invoice", "1")).isEmpty();
        assertThat(ledger.count("Invoice")).isZero();
    }

    @Test
    void bringsALateRecordWithATimeThatLiesBack() {
        var late = ledger.createLate("Invoice", Duration.ofMinutes(4));

        assertThat(late.lastUpdated()).isEqualTo(Instant.parse("2026-01-16T03:03:36Z"));
    }

    @Test
    void knowsTheLastStateOfWhatStillLives() {
        ledger.create("Invoice", 3);
        ledger.create("Bill");
        ledger.update("Invoice", "2");
        ledger.delete("Invoice", "3");

        assertThat(ledger.latest()).extracting(Change::entity, Change::objectId).containsExactly(
                tuple("Invoice", "1|0"), tuple("Invoice", "2|1"), tuple("Bill", "1|0"));
    }

    @Test
    void mergesTwoIntoOne() {
        ledger.create("Customer", 2);
        clock.advance(Duration.ofSeconds(5));
        ledger.merge("Customer", "2", "1");

        assertThat(ledger.read("Customer", "1")).isEmpty();
        assertThat(ledger.count("Customer")).isEqualTo(1);
        var survivor = ledger.read("Customer", "2").orElseThrow();
        assertThat(survivor.path("SyncToken").asText()).isEqualTo("1");
        assertThat(survivor.at("/MetaData/LastUpdatedTime").asText()).isEqualTo("2026-01-15T19:07:41-08:00");
        assertThat(ledger.latest()).containsExactly(new Change("Customer", "2", 1,
                Instant.parse("2026-01-16T03:07:41Z"), Change.Kind.MERGED, Optional.of("1")));
    }

    @Test
    void notesThatAnInvoiceWasEmailed() {
        ledger.create("Invoice");

        assertThat(ledger.email("Invoice", "1").kind()).isEqualTo(Change.Kind.EMAILED);
        var invoice = ledger.read("Invoice", "1").orElseThrow();
        assertThat(invoice.path("EmailStatus").asText()).isEqualTo("EmailSent");
        assertThat(invoice.path("SyncToken").asText()).isEqualTo("1");
    }

    @Test
    void tellsWhoeverListens() {
        ledger.create("Customer", 2);
        var told = new ArrayList<Change>();
        ledger.onChange(told::add);

        ledger.update("Customer", "1");
        ledger.deactivate("Customer", "1");
        ledger.merge("Customer", "2", "1");
        ledger.create("Bill");
        ledger.delete("Bill", "1");

        assertThat(told).hasSize(5).isEqualTo(ledger.changes().subList(2, 7));
    }

    @Test
    void leavesBothAsTheyAreWhenOneCannotBeMerged() {
        ledger.create("Customer");

        assertThatThrownBy(() -> ledger.merge("Customer", "1", "2")).hasMessage("No Customer 2");
        assertThatThrownBy(() -> ledger.merge("Customer", "2", "1")).hasMessage("No Customer 2");
        assertThat(ledger.latest()).extracting(Change::objectId).containsExactly("1|0");
        assertThat(ledger.read("Customer", "1").orElseThrow().path("SyncToken").asText()).isEqualTo("0");
    }

    @Test
    void doesNotDoWhatQuickBooksWouldNot() {
        ledger.create("Customer");
        ledger.create("Bill");

        assertThatThrownBy(() -> ledger.delete("Customer", "1")).hasMessageContaining("only made inactive");
        assertThatThrownBy(() -> ledger.deactivate("Bill", "1")).hasMessageContaining("cannot be made inactive");
        assertThatThrownBy(() -> ledger.voidIt("Bill", "1")).hasMessageContaining("cannot be voided");
        assertThatThrownBy(() -> ledger.email("Bill", "1")).hasMessageContaining("cannot be emailed");
        assertThatThrownBy(() -> ledger.merge("Bill", "1", "2")).hasMessageContaining("cannot be merged");
        assertThatThrownBy(() -> ledger.merge("Customer", "1", "1")).hasMessageContaining("with itself");
    }

    @Test
    void spreadsOldInvoicesOverTheSecondsThatEndNow() {
        Preload.invoices(ledger, clock, 25, 10);

        assertThat(ledger.changes()).extracting(Change::lastUpdated).isSorted().first()
                .isEqualTo(Instant.parse("2026-01-16T03:07:33Z"));
        assertThat(ledger.count("Invoice")).isEqualTo(25);
        assertThat(clock.instant()).isAfterOrEqualTo("2026-01-16T03:07:36.9Z");
    }

    private static Stream<String> entities() {
        return Entity.all().stream().map(Entity::name);
    }
}
