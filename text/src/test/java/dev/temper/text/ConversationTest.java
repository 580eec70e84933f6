package dev.temper.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.temper.contract.CodedException;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class ConversationTest {
    @Test
    void leadingSystemMessageIsTakenOut() {
        Conversation conversation =
                Conversation.of(List.of(Message.system("s"), Message.user("u"), Message.assistant("a")));

        assertThat(conversation.system()).isEqualTo("s");
        assertThat(conversation.messages()).containsExactly(Message.user("u"), Message.assistant("a"));
    }

    @Test
    void whatCannotBeAConversationIsRefusedWithItsCode() {
        refused("conversation_empty", () -> Conversation.of(List.of(Message.system("only this"))));
        refused("conversation_roles_out_of_order", () -> Conversation.of(List.of(Message.assistant("first"))));
        refused(
                "conversation_roles_out_of_order",
                () -> Conversation.of(List.of(Message.user("a"), Message.user("b"))));
        refused(
                "conversation_roles_out_of_order",
                () -> Conversation.of(List.of(Message.user("a"), Message.assistant("b"), Message.system("late"))));
        refused(
                "conversation_turn_empty",
                () -> Conversation.of("question", " \n").requireText());
        refused("text_lone_surrogate", () -> Message.user("cut \uD83D here"));
        refused("text_lone_surrogate", () -> Message.user("cut \uDE00"));
        assertThat(Message.user("whole \uD83D\uDE00").content()).hasSize(8);
    }

    private static void refused(String code, ThrowingCallable action) {
        assertThatThrownBy(action).isInstanceOfSatisfying(CodedException.class, e -> {
            assertThat(e.code()).isEqualTo(code);
            assertThat(e.remedy()).isNotEmpty();
        });
    }
}
