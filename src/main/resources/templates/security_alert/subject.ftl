Security alert<#if alert_type?has_content>: ${alert_type?replace("_", " ")}</#if>
