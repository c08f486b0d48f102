Welcome, ${username}!
