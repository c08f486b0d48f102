Hello<#if username?has_content> ${username}</#if>,

somebody asked to reset your password. If it was you, choose a new one here:

${reset_link}

If it was not you, ignore this message: your password stays as it is.
