<#assign facts = [
  ["What", (alert_type!)?replace("_", " ")],
  ["When", occurred_at!],
  ["Where", location!],
  ["Device", device!],
  ["IP address", ip_address!],
  ["Details", details!]
]?filter(fact -> fact[1]?has_content)>
Hello<#if username?has_content> ${username}</#if>,

something happened to your account that you should know of.

<#if facts?has_content>
<#list facts as fact>
${fact[0]}: ${fact[1]}
</#list>

</#if>
If it was you, all is well. If it was not, change your password now<#if support_link?has_content> and tell us:

${support_link}
<#else>.
</#if>
