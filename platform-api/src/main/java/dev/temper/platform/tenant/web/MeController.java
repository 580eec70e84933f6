package dev.temper.platform.tenant.web;

import dev.temper.platform.common.IfMatch;
import dev.temper.platform.tenant.MyTenant;
import dev.temper.platform.tenant.Profile;
import dev.temper.platform.tenant.ProfileChange;
import dev.temper.platform.tenant.Profiles;
import dev.temper.platform.tenant.SessionView;
import dev.temper.platform.tenant.Sessions;
import dev.temper.platform.tenant.Tenants;
import dev.temper.platform.tenant.Theme;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import jakarta.validation.constraints.NotBlank;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/users/me")
@Tag(name = "users", description = "The caller's own account, also for a key of theirs.")
class MeController {
    private final Profiles profiles;
    private final Tenants tenants;
    private final Sessions sessions;

    MeController(Profiles profiles, Tenants tenants, Sessions sessions) {
        this.profiles = profiles;
        this.tenants = tenants;
        this.sessions = sessions;
    }

    /** What to change; what is left out stays. */
    record ProfilePatch(
            @Nullable String displayName,
            @Nullable String locale,
            @Nullable Theme theme,
            @Nullable String timeZone) {

        ProfileChange over(Profile present) {
            return new ProfileChange(
                    Objects.requireNonNullElse(displayName, present.displayName()),
                    Objects.requireNonNullElse(locale, present.locale()),
                    Objects.requireNonNullElse(theme, present.theme()),
                    Objects.requireNonNullElse(timeZone, present.timeZone()));
        }
    }

    /** The password as it is and as it is to be. */
    record NewPassword(
            @NotBlank String currentPassword, @NotBlank String newPassword) {
        @Override
        public String toString() {
            return "NewPassword[]";
        }
    }

    @Operation(summary = "Show my account")
    @GetMapping
    Profile get() {
        return profiles.mine();
    }

    @Operation(summary = "Change my name, language, theme or time zone")
    @PatchMapping
    Profile update(@RequestBody ProfilePatch body, IfMatch version) {
        return profiles.update(body.over(profiles.mine()), version);
    }

    @Operation(summary = "Change my password")
    @PutMapping("/password")
    Profile changePassword(@RequestBody NewPassword body) {
        return profiles.changePassword(body.currentPassword(), body.newPassword());
    }

    @Operation(summary = "List the tenants I belong to; through a key, only the key's")
    @GetMapping("/tenants")
    List<MyTenant> tenants() {
        return tenants.mine();
    }

    @Operation(summary = "List the browsers I am signed in with")
    @GetMapping("/sessions")
    List<SessionView> sessions(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        return sessions.mine(session == null ? null : session.getId());
    }

    @Operation(summary = "End one of my sessions")
    @DeleteMapping("/sessions/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void endSession(@PathVariable String id) {
        sessions.end(id);
    }
}
