Hello ${username},

welcome! Your account is ready.
<#if sign_in_link?has_content>

Sign in here:

${sign_in_link}
</#if>
