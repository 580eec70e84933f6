package dev.temper.platform.tenant.security;

import dev.temper.platform.tenant.SignIn;
import dev.temper.platform.tenant.SignInOutcome;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.WebAuthenticationDetails;

/** Hands the login form to {@link SignIn} and its outcome to Spring Security. */
final class PasswordProvider implements AuthenticationProvider {
    private final SignIn signIn;

    PasswordProvider(SignIn signIn) {
        this.signIn = signIn;
    }

    @Override
    public Authentication authenticate(Authentication form) {
        String address =
                form.getDetails() instanceof WebAuthenticationDetails details ? details.getRemoteAddress() : "";
        return switch (signIn.password(form.getName(), String.valueOf(form.getCredentials()), address)) {
            case SignInOutcome.Accepted accepted ->
                (accepted.secondStepToCome() ? LoginStep.SECOND_STEP : LoginStep.SIGNED_IN).of(accepted.person());
            case SignInOutcome.Wrong _ -> throw new BadCredentialsException("Wrong e-mail address or password");
            case SignInOutcome.Locked locked -> throw new SignInLocked(locked.until());
        };
    }

    @Override
    public boolean supports(Class<?> authentication) {
        return UsernamePasswordAuthenticationToken.class.isAssignableFrom(authentication);
    }
}
