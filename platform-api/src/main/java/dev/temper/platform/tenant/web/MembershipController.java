package dev.temper.platform.tenant.web;

import dev.temper.platform.common.IfMatch;
import dev.temper.platform.common.Page;
import dev.temper.platform.common.PageQuery;
import dev.temper.platform.tenant.Member;
import dev.temper.platform.tenant.Members;
import dev.temper.platform.tenant.Role;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.NotNull;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/memberships")
@Tag(name = "memberships", description = "Who belongs to the tenant, and as what.")
class MembershipController {
    private final Members members;

    MembershipController(Members members) {
        this.members = members;
    }

    /** A role to take on. */
    record NewRole(@NotNull Role role) {}

    @Operation(summary = "List the members")
    @GetMapping
    Page<Member> list(PageQuery page) {
        return members.list(page);
    }

    @Operation(summary = "Show a member")
    @GetMapping("/{id}")
    Member get(@PathVariable UUID id) {
        return members.get(id);
    }

    @Operation(summary = "Give a member another role")
    @PatchMapping("/{id}")
    Member changeRole(@PathVariable UUID id, @RequestBody NewRole body, IfMatch version) {
        return members.changeRole(id, body.role(), version);
    }

    @Operation(summary = "Remove a member, or leave; their keys end with it")
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void remove(@PathVariable UUID id) {
        members.remove(id);
    }
}
