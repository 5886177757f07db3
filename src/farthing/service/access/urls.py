"""Addresses of signing in, of one's own account, and of the accounts an administrator looks after."""

from django.urls import path

from farthing.service.access.views import accounts, openid, own, passkeys, people, staff, tokens

app_name = "access"

urlpatterns = [
    path("sign-in/", people.ask_for_link, name="sign_in"),
    path("sign-in/sent/", people.link_sent, name="sign_in_sent"),
    path("sign-in/link/<str:raw>/", people.use_link, name="sign_in_link"),
    path("sign-in/your-answers/", people.kept_form, name="kept_form"),
    path("sign-in/passkey/", passkeys.use, name="passkey_sign_in"),
    path("sign-in/passkey/options/", passkeys.options_to_sign_in, name="passkey_sign_in_options"),
    path("sign-out/", people.sign_out, name="sign_out"),
    path("signed-out/", people.signed_out, name="signed_out"),
    path("account/passkeys/", passkeys.mine, name="passkeys"),
    path("account/passkeys/options/", passkeys.options_to_make, name="passkey_options"),
    path("account/passkeys/new/", passkeys.make, name="passkey_new"),
    path("account/passkeys/<int:number>/remove/", passkeys.remove, name="passkey_remove"),
    path("council/sign-in/", staff.password, name="staff_sign_in"),
    path("council/sign-in/code/", staff.second_factor, name="second_factor"),
    path("council/sign-in/openid/", openid.start, name="openid_start"),
    path("council/sign-in/openid/return/", openid.come_back, name="openid_return"),
    path("council/choose-password/<int:number>/<str:token>/", own.choose_password, name="choose_password"),
    path("council/your-account/", own.account, name="staff_account"),
    path("council/your-account/password/", own.change_password, name="change_password"),
    path("council/your-account/app/", staff.enrol_second_factor, name="enrol_second_factor"),
    path("council/your-account/recovery-codes/", own.new_recovery_codes, name="recovery_codes"),
    path("council/accounts/", accounts.staff, name="accounts"),
    path("council/accounts/new/", accounts.add, name="account_new"),
    path("council/accounts/tokens/", tokens.tokens, name="tokens"),
    path("council/accounts/tokens/<int:number>/end/", tokens.end, name="token_end"),
    path("council/accounts/<int:number>/", accounts.one, name="account"),
    path("council/accounts/<int:number>/stop/", accounts.stop, name="account_stop"),
    path("council/accounts/<int:number>/start/", accounts.start_again, name="account_start"),
    path("council/accounts/<int:number>/second-factor/", accounts.reset_second_factor, name="account_second_factor"),
    path("council/accounts/<int:number>/password-link/", accounts.password_link, name="account_password_link"),
]
